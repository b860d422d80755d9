// meeting list, show, agenda, packet, minutes: reading.
#include <algorithm>

#include "clients/cli/commands/commands.h"
#include "clients/cli/meeting_argument.h"
#include "clients/cli/packet_mail.h"
#include "clients/cli/show/meeting.h"
#include "clients/cli/words/enum_text.h"
#include "clients/cli/words/time_text.h"
#include "engine/base/status_macros.h"
#include "engine/domain/names.h"
#include "fmt/format.h"
#include "fmt/ranges.h"
#include "gavel/v1/meeting_service.pb.h"

namespace gavel::cli {
namespace {

std::string ItemsOf(const v1::Meeting& meeting) {
  std::string items;
  for (const v1::Slot& slot : meeting.slots()) {
    if (slot.state() == v1::Slot::STATE_RELEASED) continue;
    items += (items.empty() ? "" : ",") + slot.spec();
  }
  return items;
}

absl::StatusOr<google::protobuf::Timestamp> StartOfDay(const std::string& text) {
  GAVEL_ASSIGN_OR_RETURN(const v1::Date day, ParseDate(text));
  return ToTimestamp(
      absl::FromCivil(absl::CivilDay(day.year(), day.month(), day.day()), absl::LocalTimeZone()));
}

absl::StatusOr<ExitCode> RunList(Session& session) {
  v1::ListMeetingsRequest request;
  request.set_area(session.Text("area"));
  if (session.Has("from")) {
    GAVEL_ASSIGN_OR_RETURN(*request.mutable_from_time(), StartOfDay(session.Text("from")));
  }
  if (session.Has("to")) {
    GAVEL_ASSIGN_OR_RETURN(*request.mutable_to_time(), StartOfDay(session.Text("to")));
  }
  GAVEL_ASSIGN_OR_RETURN(const auto response, session.Call<v1::ListMeetingsResponse>(request));
  Output& output = session.output();
  std::vector<const google::protobuf::Message*> messages;
  std::vector<std::vector<std::string>> rows;
  for (const v1::Meeting& meeting : response.meetings()) {
    messages.push_back(&meeting);
    rows.push_back({meeting.id(), EnumWord(meeting.state()), ItemsOf(meeting),
                    output.terminal() ? TimeText(meeting.start_time(), ZoneNamed(meeting.zone()))
                                      : Rfc3339(meeting.start_time())});
  }
  output.JsonArray(messages);
  output.Table({"MEETING", "STATE", "SPECS", "START"}, rows);
  return ExitCode::kDone;
}

absl::StatusOr<ExitCode> RunShow(Session& session) {
  GAVEL_ASSIGN_OR_RETURN(const std::string id, MeetingId(session));
  GAVEL_ASSIGN_OR_RETURN(const v1::Meeting meeting, GetMeeting(session, id));
  GAVEL_ASSIGN_OR_RETURN(const absl::Time now, ServerTime(session));
  ShowMeeting(session.output(), meeting, now);
  return ExitCode::kDone;
}

// The format asked for, one of `known`; the first is the usual one.
absl::StatusOr<std::string> FormatOf(Session& session, const std::vector<std::string>& known) {
  const std::string format = session.Text("format", known.front());
  if (std::find(known.begin(), known.end(), format) != known.end()) return format;
  return UsageError(fmt::format("--format {} is not one of {}", format, fmt::join(known, ", ")));
}

absl::StatusOr<v1::GetAgendaResponse> GetAgenda(Session& session, bool html) {
  v1::GetAgendaRequest request;
  GAVEL_ASSIGN_OR_RETURN(*request.mutable_meeting(), MeetingId(session));
  request.set_html(html);
  return session.Call<v1::GetAgendaResponse>(request);
}

// Markdown or the page, as it is: a file made from it is byte for byte what the server wrote.
template <typename Document>
void Print(Output& output, const Document& document, const std::string& format) {
  output.Json(document);
  if (!output.json()) output.Raw(format == "html" ? document.html() : document.markdown());
}

absl::StatusOr<ExitCode> RunAgenda(Session& session) {
  GAVEL_ASSIGN_OR_RETURN(const std::string format, FormatOf(session, {"md", "html"}));
  GAVEL_ASSIGN_OR_RETURN(const auto agenda, GetAgenda(session, format == "html"));
  Print(session.output(), agenda, format);
  return ExitCode::kDone;
}

absl::StatusOr<ExitCode> RunPacket(Session& session) {
  GAVEL_ASSIGN_OR_RETURN(const std::string format, FormatOf(session, {"md", "html", "eml"}));
  GAVEL_ASSIGN_OR_RETURN(const auto agenda, GetAgenda(session, format != "md"));
  GAVEL_ASSIGN_OR_RETURN(const std::string id, MeetingId(session));
  if (agenda.frozen() && format != "eml") {
    Print(session.output(), agenda, format);
    return ExitCode::kDone;
  }
  GAVEL_ASSIGN_OR_RETURN(const v1::Meeting meeting, GetMeeting(session, id));
  if (!agenda.frozen() && meeting.state() == v1::Meeting::STATE_CANCELLED) {
    return absl::FailedPreconditionError(
        fmt::format("{} was cancelled before its packet went out: {}", meeting.id(),
                    CancelReasonText(meeting.cancel_reason())));
  }
  if (!agenda.frozen()) {
    const std::string when = TimeText(meeting.freeze_time(), ZoneNamed(meeting.zone()));
    return absl::FailedPreconditionError(
        fmt::format("the packet of {} is not out yet; it goes out {}. A preview: gavel meeting "
                    "agenda {}",
                    meeting.id(), when, meeting.id()));
  }
  session.output().Json(agenda);
  if (!session.output().json()) session.output().Raw(PacketMail(meeting, agenda));
  return ExitCode::kDone;
}

absl::StatusOr<ExitCode> RunMinutes(Session& session) {
  GAVEL_ASSIGN_OR_RETURN(const std::string format, FormatOf(session, {"md", "html"}));
  GAVEL_ASSIGN_OR_RETURN(const std::string id, MeetingId(session));
  if (session.Has("publish")) {
    v1::PublishMinutesRequest publish;
    publish.set_meeting(id);
    GAVEL_RETURN_IF_ERROR(session.Call<v1::PublishMinutesResponse>(publish).status());
  }
  v1::GetMinutesRequest request;
  request.set_meeting(id);
  request.set_html(format == "html");
  GAVEL_ASSIGN_OR_RETURN(const auto minutes, session.Call<v1::GetMinutesResponse>(request));
  Print(session.output(), minutes, format);
  return ExitCode::kDone;
}

}  // namespace

std::vector<Command> MeetingReadCommands() {
  const Positional meeting = MeetingPositional();
  const Flag area = MeetingAreaFlag();
  return {{"meeting list",
           Group::kMeeting,
           "List meetings by start.",
           {},
           {{"--area", "AREA", "only this area"},
            {"--from", "DATE", "from this day; now by default"},
            {"--to", "DATE", "before this day; eight weeks later by default"}},
           "gavel meeting list --area media",
           RunList},
          {"meeting show",
           Group::kMeeting,
           "Show a meeting: times, people, items.",
           {meeting},
           {area},
           "gavel meeting show 2026-12-10-media",
           RunShow},
          {"meeting agenda",
           Group::kMeeting,
           "Print the agenda; a preview before the freeze.",
           {meeting},
           {{"--format", "md|html", "Markdown (default), or as mail shows it"}, area},
           "gavel meeting agenda 2026-12-10-media --format md",
           RunAgenda},
          {"meeting packet",
           Group::kMeeting,
           "Print the packet as it went out.",
           {meeting},
           {{"--format", "md|html|eml", "Markdown (default), as mail shows it, or a mail to send"},
            area},
           "gavel meeting packet 2026-12-10-media --format eml",
           RunPacket},
          {"meeting minutes",
           Group::kMeeting,
           "Print the minutes; a draft before they are published.",
           {meeting},
           {{"--format", "md|html", "Markdown (default), or as mail shows it"},
            {"--publish", "", "publish them first", FlagKind::kSwitch},
            area},
           "gavel meeting minutes 2026-12-10-media --publish",
           RunMinutes}};
}

}  // namespace gavel::cli
