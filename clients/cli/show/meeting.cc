#include "clients/cli/show/meeting.h"

#include <algorithm>

#include "clients/cli/output/shown_text.h"
#include "clients/cli/show/findings.h"
#include "clients/cli/show/spec.h"
#include "clients/cli/words/meeting_words.h"
#include "clients/cli/words/time_text.h"
#include "engine/base/status_macros.h"
#include "fmt/format.h"
#include "gavel/v1/meeting_service.pb.h"
#include "gavel/v1/server_service.pb.h"

namespace gavel::cli {
namespace {

// `Thu 10 Dec 2026 15:20 CET – 16:10 (Europe/Berlin)`
std::string HoursOf(const v1::Meeting& meeting) {
  const absl::TimeZone zone = ZoneNamed(meeting.zone());
  return fmt::format("{} – {} ({})", TimeText(meeting.start_time(), zone),
                     absl::FormatTime("%H:%M", ToTime(meeting.end_time()), zone), meeting.zone());
}

void Row(Output& output, const std::string& label, const std::string& text) {
  if (text.empty()) return;
  ShowWrapped(output, output.Styled(Tone::kDim, fmt::format("{:<13}", label)) + OneLine(text), 13);
}

void ShowSlot(Output& output, const v1::Slot& slot, absl::Time now) {
  ShowWrapped(output,
              fmt::format("  {}. {}  {}", slot.order(), output.Styled(Tone::kStrong, slot.spec()),
                          OneLine(slot.title())),
              5);
  std::string facts = SlotFacts(slot);
  if (slot.revision() > 0) facts += fmt::format(", revision {}", slot.revision());
  facts += fmt::format(", {}{}", Person(slot.presenter()),
                       slot.presenter_confirmed() ? " (confirmed)" : "");
  ShowWrapped(output, "     " + output.Styled(Tone::kDim, OneLine(facts)), 5);
  const std::string standing = SlotStanding(slot, now);
  if (!standing.empty()) ShowWrapped(output, "     " + standing, 5);
}

void ShowTimes(Output& output, const v1::Meeting& meeting) {
  const absl::TimeZone zone = ZoneNamed(meeting.zone());
  Row(output, "Cut-off", TimeText(meeting.cut_off_time(), zone));
  if (meeting.state() == v1::Meeting::STATE_CANCELLED) return;
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
  Row(output, "Read", ReadingText(meeting));
}

void ShowActions(Output& output, const v1::Meeting& meeting) {
  for (const v1::ActionItem& item : meeting.action_items()) {
    Row(output, "Action",
        fmt::format("{} {} — {}{}{}", item.id(), item.text(), Person(item.owner()),
                    item.has_due() ? " by " + DateText(item.due()) : "",
                    item.has_done_time() ? ", done" : ""));
  }
}

// What was taken off comes after what is on the agenda.
void ShowSlots(Output& output, const v1::Meeting& meeting, absl::Time now) {
  for (const bool released : {false, true}) {
    for (const v1::Slot& slot : meeting.slots()) {
      if ((slot.state() == v1::Slot::STATE_RELEASED) == released) ShowSlot(output, slot, now);
    }
  }
}

}  // namespace

absl::StatusOr<v1::Meeting> GetMeeting(Session& session, const std::string& id) {
  v1::GetMeetingRequest request;
  request.set_meeting(id);
  GAVEL_ASSIGN_OR_RETURN(const auto response, session.Call<v1::GetMeetingResponse>(request));
  return response.meeting();
}

absl::StatusOr<absl::Time> ServerTime(Session& session) {
  GAVEL_ASSIGN_OR_RETURN(const auto info,
                         session.Call<v1::GetServerInfoResponse>(v1::GetServerInfoRequest()));
  return ToTime(info.now());
}

void ShowMeeting(Output& output, const v1::Meeting& meeting, absl::Time now) {
  output.Json(meeting);
  output.Line(fmt::format("{}  {}", output.Styled(Tone::kStrong, meeting.id()), HoursOf(meeting)));
  output.Line(output.Styled(Tone::kStrong, MeetingStanding(meeting, now)));
  ShowTimes(output, meeting);
  ShowPeople(output, meeting);
  ShowSlots(output, meeting, now);
  Row(output, "Stand-by", meeting.stand_by());
  for (const v1::NotPicked& other : meeting.not_picked()) {
    Row(output, "Not picked", fmt::format("{}: {}", other.spec(), other.reason()));
  }
  ShowActions(output, meeting);
}

ExitCode ConfirmMeeting(Output& output, const v1::Meeting& meeting) {
  output.Json(meeting);
  output.Note(fmt::format("{} {} — {}", output.Styled(Tone::kGood, "✓"),
                          output.Styled(Tone::kStrong, meeting.id()),
                          MeetingStanding(meeting, absl::InfinitePast())));
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
