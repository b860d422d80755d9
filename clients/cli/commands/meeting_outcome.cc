// meeting outcome, undo: what the room made of an item.
#include "clients/cli/commands/commands.h"
#include "clients/cli/meeting_argument.h"
#include "clients/cli/show/spec.h"
#include "clients/cli/spec_argument.h"
#include "clients/cli/words/conditions.h"
#include "clients/cli/words/enum_text.h"
#include "clients/cli/words/time_text.h"
#include "engine/base/status_macros.h"
#include "gavel/v1/meeting_service.pb.h"

namespace gavel::cli {
namespace {

// `approve` with conditions is its own kind.
absl::StatusOr<v1::Outcome::Kind> KindOf(Session& session) {
  const std::string word = session.Text("OUTCOME");
  GAVEL_ASSIGN_OR_RETURN(const auto kind, ParseEnum<v1::Outcome::Kind>("outcome", word));
  const bool conditions = session.Has("condition");
  if (kind == v1::Outcome::KIND_APPROVE && conditions) {
    return v1::Outcome::KIND_APPROVE_WITH_CONDITIONS;
  }
  if (conditions && kind != v1::Outcome::KIND_APPROVE_WITH_CONDITIONS) {
    return UsageError("--condition goes with `approve`");
  }
  return kind;
}

absl::Status FillDeferral(Session& session, v1::RecordOutcomeRequest& request) {
  if (!session.Has("until") || !session.Has("for")) {
    return UsageError("`defer` needs --until DATE and --for TEXT: what it waits for");
  }
  v1::Deferral& deferral = *request.mutable_deferral();
  GAVEL_ASSIGN_OR_RETURN(*deferral.mutable_wake_date(), ParseDate(session.Text("until")));
  deferral.set_waits_for(session.Text("for"));
  deferral.set_person(PersonId(session.Text("person")));
  return absl::OkStatus();
}

absl::StatusOr<ExitCode> RunOutcome(Session& session) {
  v1::RecordOutcomeRequest request;
  GAVEL_ASSIGN_OR_RETURN(const auto kind, KindOf(session));
  GAVEL_ASSIGN_OR_RETURN(const auto conditions, ParseConditions(session.arguments()));
  GAVEL_ASSIGN_OR_RETURN(const auto dissent, ParseDissent(session.arguments()));
  if (kind == v1::Outcome::KIND_DEFER) GAVEL_RETURN_IF_ERROR(FillDeferral(session, request));
  GAVEL_ASSIGN_OR_RETURN(const std::string key, SpecKey(session));
  GAVEL_ASSIGN_OR_RETURN(const v1::Spec spec, GetSpec(session, key));
  GAVEL_ASSIGN_OR_RETURN(*request.mutable_meeting(), MeetingId(session));
  request.set_spec(key);
  request.set_kind(kind);
  request.set_rationale(session.Text("why"));
  request.mutable_conditions()->Add(conditions.begin(), conditions.end());
  request.mutable_dissent()->Add(dissent.begin(), dissent.end());
  request.set_overrule(session.Has("overrule"));
  request.set_etag(session.Text("etag", spec.etag()));
  if (request.has_deferral() && request.deferral().person().empty()) {
    request.mutable_deferral()->set_person(spec.authors(0));
  }
  return SendAndShow<v1::RecordOutcomeResponse>(session, request);
}

absl::StatusOr<ExitCode> RunUndo(Session& session) {
  v1::UndoOutcomeRequest request;
  GAVEL_ASSIGN_OR_RETURN(const std::string key, SpecKey(session));
  GAVEL_ASSIGN_OR_RETURN(const std::string etag, EtagOf(session, key));
  GAVEL_ASSIGN_OR_RETURN(*request.mutable_meeting(), MeetingId(session));
  request.set_spec(key);
  request.set_reason(session.Text("why"));
  request.set_etag(etag);
  return SendAndShow<v1::UndoOutcomeResponse>(session, request);
}

}  // namespace

std::vector<Command> MeetingOutcomeCommands() {
  const Positional meeting = MeetingPositional();
  const Flag area = MeetingAreaFlag();
  return {{"meeting outcome",
           Group::kMeeting,
           "Record what the meeting made of the open item.",
           {meeting,
            SpecPositional(),
            {"OUTCOME", "approve, approve-with-conditions, reject, continue, revise or defer",
             Arity::kOne, "approve|approve-with-conditions|reject|continue|revise|defer"}},
           {WhyFlag("the rationale; or what is left, what to change, what it waits for"),
            {"--condition", "TEXT", "what has to hold, with --owner and --due", FlagKind::kList},
            {"--owner", "NAME", "who sees to the condition before it", FlagKind::kList},
            {"--due", "DATE", "until when", FlagKind::kList},
            {"--dissent", "NAME: TEXT", "who disagreed and why", FlagKind::kList},
            {"--overrule", "", "set open blocks aside, as the sponsor", FlagKind::kSwitch},
            {"--until", "DATE", "for defer: the day it wakes"},
            {"--for", "TEXT", "for defer: what it waits for"},
            {"--person", "NAME", "for defer: who looks after it; the first author"},
            EtagFlag(),
            area},
           "gavel meeting outcome 2026-12-10-media MEDIA-42 approve --why \"…\" --condition \"…\" "
           "--owner bo --due 2027-01-30",
           RunOutcome},
          {"meeting undo",
           Group::kMeeting,
           "Take an outcome back, within 10 minutes.",
           {meeting, SpecPositional()},
           {WhyFlag("the reason"), EtagFlag(), area},
           "gavel meeting undo 2026-12-10-media MEDIA-42 --why \"…\"",
           RunUndo}};
}

}  // namespace gavel::cli
