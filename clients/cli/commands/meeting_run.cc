// meeting open, item, notes, off-topic, attend, role, action, close, cancel: in the room.
#include "clients/cli/commands/commands.h"
#include "clients/cli/meeting_argument.h"
#include "clients/cli/show/meeting.h"
#include "clients/cli/show/spec.h"
#include "clients/cli/spec_argument.h"
#include "clients/cli/words/time_text.h"
#include "engine/base/status_macros.h"
#include "fmt/format.h"
#include "gavel/v1/meeting_service.pb.h"

namespace gavel::cli {
namespace {

template <typename Request>
absl::StatusOr<Request> RequestFor(Session& session) {
  Request request;
  GAVEL_ASSIGN_OR_RETURN(*request.mutable_meeting(), MeetingId(session));
  return request;
}

absl::StatusOr<ExitCode> RunOpen(Session& session) {
  GAVEL_ASSIGN_OR_RETURN(auto request, RequestFor<v1::OpenMeetingRequest>(session));
  return SendAndConfirm<v1::OpenMeetingResponse>(session, request);
}

absl::StatusOr<ExitCode> RunClose(Session& session) {
  GAVEL_ASSIGN_OR_RETURN(auto request, RequestFor<v1::CloseMeetingRequest>(session));
  return SendAndConfirm<v1::CloseMeetingResponse>(session, request);
}

absl::StatusOr<ExitCode> RunCancel(Session& session) {
  GAVEL_ASSIGN_OR_RETURN(auto request, RequestFor<v1::CancelMeetingRequest>(session));
  request.set_reason(session.Text("why"));
  return SendAndConfirm<v1::CancelMeetingResponse>(session, request);
}

absl::StatusOr<ExitCode> RunItem(Session& session) {
  GAVEL_ASSIGN_OR_RETURN(auto request, RequestFor<v1::OpenItemRequest>(session));
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
  GAVEL_ASSIGN_OR_RETURN(auto request, RequestFor<v1::WriteNotesRequest>(session));
  request.set_spec(key);
  request.set_text(text);
  return SendAndConfirm<v1::WriteNotesResponse>(session, request);
}

absl::StatusOr<ExitCode> RunOffTopic(Session& session) {
  GAVEL_ASSIGN_OR_RETURN(auto request, RequestFor<v1::MarkOffTopicRequest>(session));
  GAVEL_ASSIGN_OR_RETURN(const std::string key, SpecKey(session));
  request.set_spec(key);
  return SendAndConfirm<v1::MarkOffTopicResponse>(session, request);
}

absl::StatusOr<ExitCode> RunAttend(Session& session) {
  GAVEL_ASSIGN_OR_RETURN(auto request, RequestFor<v1::RecordAttendanceRequest>(session));
  for (const std::string& entry : session.arguments().List("PERSON")) {
    const size_t colon = entry.find(':');
    v1::Attendance& attendance = *request.add_attendance();
    attendance.set_person(PersonId(entry.substr(0, colon)));
    if (colon != std::string::npos) attendance.set_role(entry.substr(colon + 1));
  }
  return SendAndConfirm<v1::RecordAttendanceResponse>(session, request);
}

absl::StatusOr<ExitCode> RunRole(Session& session) {
  GAVEL_ASSIGN_OR_RETURN(auto request, RequestFor<v1::AssignRoleRequest>(session));
  request.set_role(session.Text("ROLE"));
  request.set_person(PersonId(session.Text("PERSON")));
  return SendAndConfirm<v1::AssignRoleResponse>(session, request);
}

absl::StatusOr<ExitCode> AddAction(Session& session) {
  if (!session.Has("owner")) return UsageError("`add` needs --owner NAME: who promises it");
  GAVEL_ASSIGN_OR_RETURN(auto request, RequestFor<v1::AddActionItemRequest>(session));
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
  GAVEL_ASSIGN_OR_RETURN(auto request, RequestFor<v1::CompleteActionItemRequest>(session));
  request.set_item(session.Text("TEXT"));
  return SendAndConfirm<v1::CompleteActionItemResponse>(session, request);
}

}  // namespace

std::vector<Command> MeetingRunCommands() {
  const Positional meeting = MeetingPositional();
  const Flag area = MeetingAreaFlag();
  const Positional spec = SpecPositional();
  return {{"meeting open",
           Group::kMeeting,
           "Open a meeting, from 15 minutes before its start.",
           {meeting},
           {area},
           "gavel meeting open 2026-12-10-media",
           RunOpen},
          {"meeting item",
           Group::kMeeting,
           "Open one item; it gets its time.",
           {meeting, spec},
           {area},
           "gavel meeting item 2026-12-10-media MEDIA-42",
           RunItem},
          {"meeting notes",
           Group::kMeeting,
           "Write notes, on an item or on the meeting.",
           {meeting, {"SPEC", "the item; without it, the meeting as a whole", Arity::kOptional}},
           {MessageFlag("the notes, Markdown"), FileFlag(), area},
           "gavel meeting notes 2026-12-10-media MEDIA-42 -m \"…\"",
           RunNotes},
          {"meeting off-topic",
           Group::kMeeting,
           "Count a detour on the open item.",
           {meeting, spec},
           {area},
           "gavel meeting off-topic 2026-12-10-media MEDIA-42",
           RunOffTopic},
          {"meeting attend",
           Group::kMeeting,
           "Say who was there.",
           {meeting, {"PERSON", "everybody at once, each NAME or NAME:ROLE", Arity::kSome}},
           {area},
           "gavel meeting attend 2026-12-10-media kim:facilitator ana:presenter fay",
           RunAttend},
          {"meeting role",
           Group::kMeeting,
           "Name the facilitator or the notetaker.",
           {meeting,
            {"ROLE", "facilitator or notetaker", Arity::kOne, "facilitator|notetaker"},
            {"PERSON", "who"}},
           {area},
           "gavel meeting role 2026-12-10-media notetaker fay",
           RunRole},
          {"meeting action",
           Group::kMeeting,
           "Record a promise, or that it was kept.",
           {meeting,
            {"ACTION", "add or done", Arity::kOne, "add|done"},
            {"TEXT", "what; for done, the item's id, a1"}},
           {{"--owner", "NAME", "who promises it"},
            {"--due", "DATE", "until when"},
            {"--spec", "SPEC", "the spec it belongs to"},
            area},
           "gavel meeting action 2026-12-10-media add \"measure it\" --owner bo --due 2027-01-30",
           RunAction},
          {"meeting close",
           Group::kMeeting,
           "Close a meeting; what was not reached goes back to the queue.",
           {meeting},
           {area},
           "gavel meeting close 2026-12-10-media",
           RunClose},
          {"meeting cancel",
           Group::kMeeting,
           "Cancel a meeting.",
           {meeting},
           {WhyFlag("the reason"), area},
           "gavel meeting cancel 2026-12-10-media --why \"…\"",
           RunCancel}};
}

}  // namespace gavel::cli
