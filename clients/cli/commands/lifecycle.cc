// pull-back, defer, resume, withdraw, reopen, request: an author's and a reviewer's moves.
#include "clients/cli/commands/commands.h"
#include "clients/cli/show/spec.h"
#include "clients/cli/spec_argument.h"
#include "clients/cli/words/time_text.h"
#include "engine/base/status_macros.h"
#include "gavel/v1/spec_service.pb.h"

namespace gavel::cli {
namespace {

// A request with its spec and, for most, its reason.
template <typename Request>
absl::StatusOr<Request> RequestFor(Session& session) {
  GAVEL_ASSIGN_OR_RETURN(const std::string key, SpecKey(session));
  Request request;
  request.set_spec(key);
  return request;
}

template <typename Request>
absl::StatusOr<Request> RequestWithReason(Session& session) {
  GAVEL_ASSIGN_OR_RETURN(Request request, RequestFor<Request>(session));
  GAVEL_ASSIGN_OR_RETURN(const std::string reason, session.Message());
  request.set_reason(reason);
  return request;
}

absl::StatusOr<ExitCode> RunPullBack(Session& session) {
  GAVEL_ASSIGN_OR_RETURN(auto request, RequestWithReason<v1::PullBackSpecRequest>(session));
  return SendAndShow<v1::PullBackSpecResponse>(session, request);
}

absl::StatusOr<ExitCode> RunWithdraw(Session& session) {
  GAVEL_ASSIGN_OR_RETURN(auto request, RequestWithReason<v1::WithdrawSpecRequest>(session));
  GAVEL_ASSIGN_OR_RETURN(const std::string etag, EtagOf(session, request.spec()));
  request.set_etag(etag);
  return SendAndShow<v1::WithdrawSpecResponse>(session, request);
}

absl::StatusOr<ExitCode> RunResume(Session& session) {
  GAVEL_ASSIGN_OR_RETURN(auto request, RequestFor<v1::ResumeSpecRequest>(session));
  return SendAndShow<v1::ResumeSpecResponse>(session, request);
}

absl::StatusOr<ExitCode> RunReopen(Session& session) {
  GAVEL_ASSIGN_OR_RETURN(auto request, RequestFor<v1::ReopenSpecRequest>(session));
  GAVEL_ASSIGN_OR_RETURN(const std::string what_is_new, session.Message());
  request.set_what_is_new(what_is_new);
  return SendAndShow<v1::ReopenSpecResponse>(session, request);
}

absl::StatusOr<ExitCode> RunDefer(Session& session) {
  GAVEL_ASSIGN_OR_RETURN(auto request, RequestFor<v1::DeferSpecRequest>(session));
  GAVEL_ASSIGN_OR_RETURN(const v1::Date until, ParseDate(session.Text("until")));
  v1::Deferral& deferral = *request.mutable_deferral();
  deferral.set_waits_for(session.Text("for"));
  *deferral.mutable_wake_date() = until;
  deferral.set_person(PersonId(session.Text("person")));
  if (deferral.person().empty()) {
    GAVEL_ASSIGN_OR_RETURN(const v1::Spec spec, GetSpec(session, request.spec()));
    deferral.set_person(spec.authors(0));
  }
  return SendAndShow<v1::DeferSpecResponse>(session, request);
}

absl::StatusOr<ExitCode> RunRequestMeeting(Session& session) {
  GAVEL_ASSIGN_OR_RETURN(auto request, RequestWithReason<v1::RequestMeetingRequest>(session));
  return SendAndShow<v1::RequestMeetingResponse>(session, request);
}

absl::StatusOr<ExitCode> RunRequestChanges(Session& session) {
  GAVEL_ASSIGN_OR_RETURN(auto request, RequestWithReason<v1::RequestChangesRequest>(session));
  return SendAndShow<v1::RequestChangesResponse>(session, request);
}

absl::StatusOr<ExitCode> RunPullIn(Session& session) {
  GAVEL_ASSIGN_OR_RETURN(auto request, RequestWithReason<v1::PullInRequest>(session));
  return SendAndShow<v1::PullInResponse>(session, request);
}

absl::StatusOr<ExitCode> RunContest(Session& session) {
  GAVEL_ASSIGN_OR_RETURN(auto request, RequestFor<v1::ContestDecisionRequest>(session));
  GAVEL_ASSIGN_OR_RETURN(const std::string what_is_new, session.Message());
  request.set_what_is_new(what_is_new);
  return SendAndShow<v1::ContestDecisionResponse>(session, request);
}

Flag RequiredMessage(std::string help) {
  Flag flag = MessageFlag(std::move(help));
  flag.required = true;
  return flag;
}

}  // namespace

std::vector<Command> LifecycleCommands() {
  const Positional spec = SpecPositional();
  return {{"pull-back",
           Group::kAuthor,
           "Take my spec out of the queue for the meeting.",
           {spec},
           {MessageFlag("why"), FileFlag()},
           "gavel pull-back MEDIA-42 -m \"the numbers changed\"",
           RunPullBack},
          {"defer",
           Group::kAuthor,
           "Park a spec until a day, saying what it waits for.",
           {spec},
           {{"--until", "DATE", "the day it wakes, within 12 months", FlagKind::kText, true},
            {"--for", "TEXT", "what it waits for", FlagKind::kText, true},
            {"--person", "NAME", "who looks after it; the first author"}},
           "gavel defer MEDIA-42 --until 2027-03-01 --for \"the price list of March\"",
           RunDefer},
          {"resume",
           Group::kAuthor,
           "Wake a parked spec.",
           {spec},
           {},
           "gavel resume MEDIA-42",
           RunResume},
          {"withdraw",
           Group::kAuthor,
           "Stop a spec.",
           {spec},
           {MessageFlag("why"), FileFlag(), EtagFlag()},
           "gavel withdraw MEDIA-42",
           RunWithdraw},
          {"reopen",
           Group::kAuthor,
           "Start again after a withdrawal or a rejection.",
           {spec},
           {MessageFlag("what is new; required after a rejection"), FileFlag()},
           "gavel reopen MEDIA-42 -m \"the tier is standard now\"",
           RunReopen}};
}

std::vector<Command> RequestCommands() {
  const Positional spec = SpecPositional();
  return {{"request meeting",
           Group::kReview,
           "Ask for the room.",
           {spec},
           {RequiredMessage("why"), FileFlag()},
           "gavel request meeting MEDIA-42 -m \"…\"",
           RunRequestMeeting},
          {"request changes",
           Group::kReview,
           "Return a spec with an open block to its author.",
           {spec},
           {RequiredMessage("why"), FileFlag()},
           "gavel request changes MEDIA-42 -m \"…\"",
           RunRequestChanges},
          {"request pull-in",
           Group::kReview,
           "Ask people to look at an automatic approval.",
           {spec},
           {RequiredMessage("why"), FileFlag()},
           "gavel request pull-in MEDIA-42 -m \"…\"",
           RunPullIn},
          {"request contest",
           Group::kReview,
           "Contest a meeting's decision that I was absent from.",
           {spec},
           {RequiredMessage("what is new"), FileFlag()},
           "gavel request contest MEDIA-42 -m \"…\"",
           RunContest}};
}

}  // namespace gavel::cli
