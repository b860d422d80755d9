#include "clients/cli/show_meeting.h"

#include "clients/cli/enum_text.h"
#include "clients/cli/show_spec.h"
#include "clients/cli/time_text.h"
#include "engine/base/status_macros.h"
#include "fmt/format.h"
#include "gavel/v1/meeting_service.pb.h"

namespace gavel::cli {
namespace {

// `Thu 10 Dec 2026 15:20 CET – 16:10`
std::string HoursOf(const v1::Meeting& meeting) {
  const absl::TimeZone zone = ZoneNamed(meeting.zone());
  return fmt::format("{} – {} ({})", TimeText(meeting.start_time(), zone),
                     absl::FormatTime("%H:%M", ToTime(meeting.end_time()), zone), meeting.zone());
}

std::string SlotText(const Output& output, const v1::Slot& slot) {
  std::string text =
      fmt::format("{}. {}  {}  {} min, {}", slot.order(), output.Styled(Tone::kStrong, slot.spec()),
                  slot.title(), slot.timebox_minutes(), slot.picked_as());
  if (slot.revision() > 0) text += fmt::format(", revision {}", slot.revision());
  text += fmt::format(", {}{}", Person(slot.presenter()),
                      slot.presenter_confirmed() ? " confirmed" : "");
  if (slot.state() != v1::Slot::STATE_PLANNED) text += ", " + Spoken(EnumWord(slot.state()));
  if (slot.go() != v1::Slot::GO_UNSPECIFIED) text += ", " + Spoken(EnumWord(slot.go()));
  if (slot.has_outcome()) text += ": " + Spoken(EnumWord(slot.outcome().kind()));
  return text;
}

void Row(Output& output, const std::string& label, const std::string& text) {
  if (text.empty()) return;
  output.Line(output.Styled(Tone::kDim, fmt::format("{:<13}", label)) + text);
}

void ShowTimes(Output& output, const v1::Meeting& meeting) {
  const absl::TimeZone zone = ZoneNamed(meeting.zone());
  Row(output, "Cut-off", TimeText(meeting.cut_off_time(), zone));
  Row(output, "Packet",
      meeting.has_packet_time() ? "sent " + TimeText(meeting.packet_time(), zone)
                                : TimeText(meeting.freeze_time(), zone));
  Row(output, "Minutes",
      meeting.has_minutes_time() ? "published " + TimeText(meeting.minutes_time(), zone)
                                 : "due " + TimeText(meeting.minutes_due_time(), zone));
}

void ShowPeople(Output& output, const v1::Meeting& meeting) {
  Row(output, "Facilitator", Person(meeting.facilitator()));
  Row(output, "Notetaker", Person(meeting.notetaker()));
  std::string there;
  for (const v1::Attendance& entry : meeting.attendance()) {
    there +=
        fmt::format("{}{} ({})", there.empty() ? "" : ", ", Person(entry.person()), entry.role());
  }
  Row(output, "There", there);
}

}  // namespace

absl::StatusOr<v1::Meeting> GetMeeting(Session& session, const std::string& id) {
  v1::GetMeetingRequest request;
  request.set_meeting(id);
  GAVEL_ASSIGN_OR_RETURN(const auto response, session.Call<v1::GetMeetingResponse>(request));
  return response.meeting();
}

void ShowMeeting(Output& output, const v1::Meeting& meeting) {
  output.Json(meeting);
  output.Line(fmt::format("{}  {}", output.Styled(Tone::kStrong, meeting.id()), HoursOf(meeting)));
  output.Line(fmt::format("{}{}", output.Styled(Tone::kStrong, EnumWord(meeting.state())),
                          meeting.cancel_reason().empty() ? "" : " — " + meeting.cancel_reason()));
  ShowTimes(output, meeting);
  ShowPeople(output, meeting);
  for (const v1::Slot& slot : meeting.slots()) output.Line("  " + SlotText(output, slot));
  Row(output, "Stand-by", meeting.stand_by());
  for (const v1::NotPicked& other : meeting.not_picked()) {
    Row(output, "Not picked", fmt::format("{}: {}", other.spec(), other.reason()));
  }
  for (const v1::ActionItem& item : meeting.action_items()) {
    Row(output, "Action",
        fmt::format("{} {} — {}{}{}", item.id(), item.text(), Person(item.owner()),
                    item.has_due() ? " by " + DateText(item.due()) : "",
                    item.has_done_time() ? ", done" : ""));
  }
}

ExitCode ConfirmMeeting(Output& output, const v1::Meeting& meeting) {
  output.Json(meeting);
  output.Note(fmt::format("{} {} — {}", output.Styled(Tone::kGood, "✓"),
                          output.Styled(Tone::kStrong, meeting.id()), EnumWord(meeting.state())));
  return ExitCode::kDone;
}

const v1::Slot* FindSlot(const v1::Meeting& meeting, const std::string& spec) {
  const v1::Slot* found = nullptr;
  for (const v1::Slot& slot : meeting.slots()) {
    if (slot.spec() != spec) continue;
    if (found == nullptr || slot.state() != v1::Slot::STATE_RELEASED) found = &slot;
  }
  return found;
}

}  // namespace gavel::cli
