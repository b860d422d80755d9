// meeting open, item, notes, off-topic, attend, role, action, close, cancel: in the room.
#include "clients/cli/commands/commands.h"
#include "clients/cli/show_meeting.h"
#include "clients/cli/show_spec.h"
#include "clients/cli/spec_argument.h"
#include "clients/cli/time_text.h"
#include "engine/base/status_macros.h"
#include "fmt/format.h"
#include "gavel/v1/meeting_service.pb.h"

namespace gavel::cli {
namespace {

template <typename Request>
Request RequestFor(Session& session) {
  Request request;
  request.set_meeting(session.Text("MEETING"));
  return request;
}

absl::StatusOr<ExitCode> RunOpen(Session& session) {
  return SendAndConfirm<v1::OpenMeetingResponse>(session,
                                                 RequestFor<v1::OpenMeetingRequest>(session));
}

absl::StatusOr<ExitCode> RunClose(Session& session) {
  return SendAndConfirm<v1::CloseMeetingResponse>(session,
                                                  RequestFor<v1::CloseMeetingRequest>(session));
}

absl::StatusOr<ExitCode> RunCancel(Session& session) {
  auto request = RequestFor<v1::CancelMeetingRequest>(session);
  request.set_reason(session.Text("why"));
  return SendAndConfirm<v1::CancelMeetingResponse>(session, request);
}

absl::StatusOr<ExitCode> RunItem(Session& session) {
  auto request = RequestFor<v1::OpenItemRequest>(session);
  GAVEL_ASSIGN_OR_RETURN(const std::string key, SpecKey(session));
  request.set_spec(key);
  return SendAndShow<v1::OpenItemResponse>(session, request);
}

// The key of the optional SPEC; empty without one.
absl::StatusOr<std::string> OptionalSpec(Session& session) {
  if (!session.Has("SPEC")) return std::string();
  return SpecKey(session);
}

absl::StatusOr<ExitCode> RunNotes(Session& session) {
  GAVEL_ASSIGN_OR_RETURN(const std::string text, session.Message());
  if (text.empty()) return UsageError("`gavel meeting notes` needs -m TEXT or -F FILE");
  GAVEL_ASSIGN_OR_RETURN(const std::string key, OptionalSpec(session));
  auto request = RequestFor<v1::WriteNotesRequest>(session);
  request.set_spec(key);
  request.set_text(text);
  return SendAndConfirm<v1::WriteNotesResponse>(session, request);
}

absl::StatusOr<ExitCode> RunOffTopic(Session& session) {
  auto request = RequestFor<v1::MarkOffTopicRequest>(session);
  GAVEL_ASSIGN_OR_RETURN(const std::string key, SpecKey(session));
  request.set_spec(key);
  return SendAndConfirm<v1::MarkOffTopicResponse>(session, request);
}

absl::StatusOr<ExitCode> RunAttend(Session& session) {
  auto request = RequestFor<v1::RecordAttendanceRequest>(session);
  for (const std::string& entry : session.arguments().List("PERSON")) {
    const size_t colon = entry.find(':');
    v1::Attendance& attendance = *request.add_attendance();
    attendance.set_person(PersonId(entry.substr(0, colon)));
    attendance.set_role(colon == std::string::npos ? "attendee" : entry.substr(colon + 1));
  }
  return SendAndConfirm<v1::RecordAttendanceResponse>(session, request);
}

absl::StatusOr<ExitCode> RunRole(Session& session) {
  auto request = RequestFor<v1::AssignRoleRequest>(session);
  request.set_role(session.Text("ROLE"));
  request.set_person(PersonId(session.Text("PERSON")));
  return SendAndConfirm<v1::AssignRoleResponse>(session, request);
}

absl::StatusOr<ExitCode> AddAction(Session& session) {
  if (!session.Has("owner")) return UsageError("`add` needs --owner NAME: who promises it");
  auto request = RequestFor<v1::AddActionItemRequest>(session);
  request.set_text(session.Text("TEXT"));
  request.set_owner(PersonId(session.Text("owner")));
  if (session.Has("due")) {
    GAVEL_ASSIGN_OR_RETURN(*request.mutable_due(), ParseDate(session.Text("due")));
  }
  if (session.Has("spec")) {
    GAVEL_ASSIGN_OR_RETURN(const std::string key, SpecKey(session, session.Text("spec")));
    request.set_spec(key);
  }
  return SendAndConfirm<v1::AddActionItemResponse>(session, request);
}

absl::StatusOr<ExitCode> RunAction(Session& session) {
  const std::string action = session.Text("ACTION");
  if (action == "add") return AddAction(session);
  if (action != "done") return UsageError("`" + action + "` is not one of add, done");
  auto request = RequestFor<v1::CompleteActionItemRequest>(session);
  request.set_item(session.Text("TEXT"));
  return SendAndConfirm<v1::CompleteActionItemResponse>(session, request);
}

}  // namespace

std::vector<Command> MeetingRunCommands() {
  const Positional meeting = {"MEETING", "its id, 2026-12-10-media"};
  const Positional spec = SpecPositional();
  return {{"meeting open",
           Group::kMeeting,
           "Open a frozen meeting.",
           {meeting},
           {},
           "gavel meeting open 2026-12-10-media",
           RunOpen},
          {"meeting item",
           Group::kMeeting,
           "Open one item.",
           {meeting, spec},
           {},
           "gavel meeting item 2026-12-10-media MEDIA-42",
           RunItem},
          {"meeting notes",
           Group::kMeeting,
           "Write notes, on an item or on the meeting.",
           {meeting, {"SPEC", "the item; without it, the meeting as a whole", Arity::kOptional}},
           {MessageFlag("the notes, Markdown"), FileFlag()},
           "gavel meeting notes 2026-12-10-media MEDIA-42 -m \"…\"",
           RunNotes},
          {"meeting off-topic",
           Group::kMeeting,
           "Count a detour on the open item.",
           {meeting, spec},
           {},
           "gavel meeting off-topic 2026-12-10-media MEDIA-42",
           RunOffTopic},
          {"meeting attend",
           Group::kMeeting,
           "Say who was there.",
           {meeting, {"PERSON", "NAME or NAME:ROLE, everybody at once", Arity::kSome}},
           {},
           "gavel meeting attend 2026-12-10-media kim:facilitator ana:presenter fay",
           RunAttend},
          {"meeting role",
           Group::kMeeting,
           "Name the facilitator or the notetaker.",
           {meeting, {"ROLE", "facilitator or notetaker"}, {"PERSON", "who"}},
           {},
           "gavel meeting role 2026-12-10-media notetaker fay",
           RunRole},
          {"meeting action",
           Group::kMeeting,
           "Record a promise, or that it was kept.",
           {meeting, {"ACTION", "add or done"}, {"TEXT", "what; for done, the item's id, a1"}},
           {{"--owner", "NAME", "who promises it"},
            {"--due", "DATE", "until when"},
            {"--spec", "SPEC", "the spec it belongs to"}},
           "gavel meeting action 2026-12-10-media add \"measure it\" --owner bo --due 2027-01-30",
           RunAction},
          {"meeting close",
           Group::kMeeting,
           "Close a meeting.",
           {meeting},
           {},
           "gavel meeting close 2026-12-10-media",
           RunClose},
          {"meeting cancel",
           Group::kMeeting,
           "Cancel a meeting.",
           {meeting},
           {WhyFlag("the reason")},
           "gavel meeting cancel 2026-12-10-media --why \"…\"",
           RunCancel}};
}

}  // namespace gavel::cli
