// meeting pin, release, urgent, go, no-go, confirm, session, reschedule: before the meeting.
#include "clients/cli/commands/commands.h"
#include "clients/cli/meeting_argument.h"
#include "clients/cli/show/meeting.h"
#include "clients/cli/show/spec.h"
#include "clients/cli/spec_argument.h"
#include "clients/cli/words/enum_text.h"
#include "clients/cli/words/time_text.h"
#include "engine/base/status_macros.h"
#include "gavel/v1/meeting_service.pb.h"

namespace gavel::cli {
namespace {

// A request about one spec of one meeting.
template <typename Request>
absl::StatusOr<Request> RequestFor(Session& session) {
  Request request;
  GAVEL_ASSIGN_OR_RETURN(*request.mutable_meeting(), MeetingId(session));
  GAVEL_ASSIGN_OR_RETURN(const std::string key, SpecKey(session));
  request.set_spec(key);
  return request;
}

absl::StatusOr<ExitCode> RunPin(Session& session) {
  GAVEL_ASSIGN_OR_RETURN(auto request, RequestFor<v1::PinToMeetingRequest>(session));
  GAVEL_ASSIGN_OR_RETURN(const std::string etag, EtagOf(session, request.spec()));
  request.set_reason(session.Text("why"));
  request.set_etag(etag);
  return SendAndShow<v1::PinToMeetingResponse>(session, request);
}

absl::StatusOr<ExitCode> RunRelease(Session& session) {
  GAVEL_ASSIGN_OR_RETURN(const auto fault, ParseEnum<v1::SlotReleased::Fault>(
                                               "--fault", session.Text("fault", "organisation")));
  GAVEL_ASSIGN_OR_RETURN(auto request, RequestFor<v1::ReleaseSlotRequest>(session));
  GAVEL_ASSIGN_OR_RETURN(const std::string etag, EtagOf(session, request.spec()));
  request.set_reason(session.Text("why"));
  request.set_fault(fault);
  request.set_no_show(session.Has("no-show"));
  request.set_etag(etag);
  return SendAndShow<v1::ReleaseSlotResponse>(session, request);
}

absl::StatusOr<ExitCode> RunUrgent(Session& session) {
  GAVEL_ASSIGN_OR_RETURN(auto request, RequestFor<v1::GrantUrgentRequest>(session));
  request.set_reason(session.Text("why"));
  return SendAndConfirm<v1::GrantUrgentResponse>(session, request);
}

absl::StatusOr<ExitCode> SetGo(Session& session, v1::Slot::Go word, const std::string& reason) {
  GAVEL_ASSIGN_OR_RETURN(auto request, RequestFor<v1::SetGoRequest>(session));
  request.set_go(word);
  request.set_reason(reason);
  return SendAndShow<v1::SetGoResponse>(session, request);
}

absl::StatusOr<ExitCode> RunGo(Session& session) { return SetGo(session, v1::Slot::GO_GO, ""); }

absl::StatusOr<ExitCode> RunNoGo(Session& session) {
  return SetGo(session, v1::Slot::GO_NO_GO, session.Text("why"));
}

absl::StatusOr<ExitCode> RunConfirm(Session& session) {
  GAVEL_ASSIGN_OR_RETURN(auto request, RequestFor<v1::ConfirmPresenterRequest>(session));
  return SendAndConfirm<v1::ConfirmPresenterResponse>(session, request);
}

// Minutes of --length.
absl::StatusOr<int> LengthMin(Session& session) {
  GAVEL_ASSIGN_OR_RETURN(const absl::Duration length, ParseSpan(session.Text("length")));
  return static_cast<int>(absl::ToInt64Minutes(length));
}

absl::StatusOr<ExitCode> RunSession(Session& session) {
  GAVEL_ASSIGN_OR_RETURN(const absl::Time at, ParseTime(session.Text("at")));
  v1::CreateSessionRequest request;
  request.set_area(session.Text("AREA"));
  *request.mutable_start_time() = ToTimestamp(at);
  request.set_reason(session.Text("why"));
  request.set_waive_notice(session.Has("waive-notice"));
  for (const std::string& key : session.arguments().List("spec")) request.add_specs(key);
  if (session.Has("length")) {
    GAVEL_ASSIGN_OR_RETURN(const int length_min, LengthMin(session));
    request.set_length_min(length_min);
  }
  return SendAndConfirm<v1::CreateSessionResponse>(session, request);
}

absl::StatusOr<ExitCode> RunReschedule(Session& session) {
  if (!session.Has("at") && !session.Has("length")) {
    return UsageError("--at TIME, --length DURATION or both say what changes");
  }
  v1::RescheduleMeetingRequest request;
  GAVEL_ASSIGN_OR_RETURN(*request.mutable_meeting(), MeetingId(session));
  request.set_reason(session.Text("why"));
  if (session.Has("at")) {
    GAVEL_ASSIGN_OR_RETURN(const absl::Time at, ParseTime(session.Text("at")));
    *request.mutable_start_time() = ToTimestamp(at);
  }
  if (session.Has("length")) {
    GAVEL_ASSIGN_OR_RETURN(const int length_min, LengthMin(session));
    request.set_length_min(length_min);
  }
  return SendAndConfirm<v1::RescheduleMeetingResponse>(session, request);
}

}  // namespace

std::vector<Command> MeetingPlanCommands() {
  const Positional meeting = MeetingPositional();
  const Flag area = MeetingAreaFlag();
  const Positional spec = SpecPositional();
  return {
      {"meeting pin",
       Group::kMeeting,
       "Give a queued spec a slot before the freeze.",
       {meeting, spec},
       {WhyFlag("the reason"), EtagFlag(), area},
       "gavel meeting pin 2026-12-10-media MEDIA-42 --why \"…\"",
       RunPin},
      {"meeting release",
       Group::kMeeting,
       "Take a spec off the agenda; it keeps its queue age.",
       {meeting, spec},
       {WhyFlag("the reason"),
        {"--fault", "organisation|author", "whose it is; organisation by default"},
        {"--no-show", "", "nobody came to present it; a second time costs its queue age",
         FlagKind::kSwitch},
        EtagFlag(),
        area},
       "gavel meeting release 2026-12-10-media MEDIA-42 --why \"…\"",
       RunRelease},
      {"meeting urgent",
       Group::kMeeting,
       "Put a spec first in order, as the sponsor.",
       {meeting, spec},
       {WhyFlag("the reason"), area},
       "gavel meeting urgent 2026-12-10-media MEDIA-42 --why \"…\"",
       RunUrgent},
      {"meeting go",
       Group::kMeeting,
       "Say that an item will be discussed.",
       {meeting, spec},
       {area},
       "gavel meeting go 2026-12-10-media MEDIA-42",
       RunGo},
      {"meeting no-go",
       Group::kMeeting,
       "Say that it will not; its slot is released.",
       {meeting, spec},
       {WhyFlag("the reason"), area},
       "gavel meeting no-go 2026-12-10-media MEDIA-42 --why \"…\"",
       RunNoGo},
      {"meeting confirm",
       Group::kMeeting,
       "Confirm that I present.",
       {meeting, spec},
       {area},
       "gavel meeting confirm 2026-12-10-media MEDIA-42",
       RunConfirm},
      {"meeting session",
       Group::kMeeting,
       "Plan an extra session of an area.",
       {{"AREA", "the area's id"}},
       {{"--at", "TIME", "its start, 2026-12-10T14:00:00Z", FlagKind::kText, true},
        WhyFlag("the reason"),
        {"--length", "DURATION", "30m; the series' length by default"},
        {"--spec", "KEY", "only for this spec, which no regular agenda can hold", FlagKind::kList},
        {"--waive-notice", "", "less than the usual notice (sponsor)", FlagKind::kSwitch}},
       "gavel meeting session media --at 2026-12-10T14:00:00Z --why \"…\"",
       RunSession},
      {"meeting reschedule",
       Group::kMeeting,
       "Move or lengthen a planned meeting before its cut-off.",
       {MeetingPositional()},
       {{"--at", "TIME", "its new start, 2026-12-10T14:00:00Z"},
        {"--length", "DURATION", "its new length, 90m; the series stays as it is"},
        WhyFlag("the reason"),
        MeetingAreaFlag()},
       "gavel meeting reschedule 2026-12-10-media --at 2026-12-09T14:00:00Z --why \"…\"",
       RunReschedule}};
}

}  // namespace gavel::cli
