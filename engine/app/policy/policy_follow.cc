#include "engine/app/policy/policy_follow.h"

#include <vector>

#include "engine/app/command/committer.h"
#include "engine/app/command/entity.h"
#include "engine/app/meeting/meeting_calendar.h"
#include "engine/app/meeting/meeting_move.h"
#include "engine/app/policy/policy_source.h"
#include "engine/app/policy/rule_expiry.h"
#include "engine/app/verdict/verdict_nightly.h"
#include "engine/base/status_macros.h"
#include "engine/domain/roles.h"

namespace gavel::app {
namespace {

// Whose timers depend on calendars and settings of the organisation.
std::vector<v1::Spec::State> Waiting() {
  return {v1::Spec::STATE_ASYNC_REVIEW, v1::Spec::STATE_CHANGES_REQUESTED,
          v1::Spec::STATE_QUEUED,       v1::Spec::STATE_SCHEDULED,
          v1::Spec::STATE_IN_MEETING,   v1::Spec::STATE_DEFERRED};
}

bool Meets(const Organisation& organisation, const std::string& area) {
  const v1::Area* found = organisation.FindArea(area);
  return found != nullptr && !found->series().empty();
}

// Runs `body(workflow)` as a command of the service itself.
template <typename Body>
absl::Status RunOwn(Environment& environment, const char* method, Body body) {
  const CommandRequest request{.principal = std::string(kSystemActor),
                               .method = method,
                               .request_id = "",
                               .fingerprint = ""};
  const auto work = [&](Transaction& transaction) -> absl::StatusOr<std::string> {
    GAVEL_ASSIGN_OR_RETURN(const LivePolicy policy, PolicyInForce(environment.policy, transaction));
    Workflow workflow(transaction, policy);
    GAVEL_RETURN_IF_ERROR(body(workflow));
    GAVEL_RETURN_IF_ERROR(workflow.Finish());
    return std::string();
  };
  return environment.committer.Execute(request, work).status();
}

}  // namespace

absl::Status LeaveOldOrganisation(Workflow& workflow, const LivePolicy& candidate) {
  Workflow next(workflow.transaction(), candidate);
  for (const v1::Area& area : workflow.organisation().org().areas()) {
    if (area.series().empty() || Meets(*candidate.organisation, area.id())) continue;
    GAVEL_RETURN_IF_ERROR(FollowSeries(next, area.id()));
    GAVEL_RETURN_IF_ERROR(workflow.transaction().ReplaceTimers(PlanningSubject(area.id()), {}));
  }
  GAVEL_ASSIGN_OR_RETURN(const std::vector<v1::Spec> waiting,
                         workflow.transaction().Specs("", Waiting()));
  for (const v1::Spec& spec : waiting) {
    GAVEL_RETURN_IF_ERROR(next.SetTimers(SpecSubject(spec.key())));
  }
  return absl::OkStatus();
}

absl::Status FollowOrganisation(Environment& environment) {
  const LivePolicy policy = environment.policy.live();
  for (const v1::Area& area : policy.organisation->org().areas()) {
    if (area.series().empty()) continue;
    GAVEL_RETURN_IF_ERROR(
        RunOwn(environment, "PlanHorizon", [&](Workflow& workflow) -> absl::Status {
          // Another publish may have come first; it follows for itself.
          if (!Meets(workflow.organisation(), area.id())) return absl::OkStatus();
          GAVEL_RETURN_IF_ERROR(FollowSeries(workflow, area.id()));
          return PlanHorizon(workflow, area.id());
        }));
  }
  return RunOwn(environment, "PlanReminders", [](Workflow& workflow) -> absl::Status {
    GAVEL_RETURN_IF_ERROR(PlanExpiryReminders(workflow));
    return PlanReplay(workflow);
  });
}

}  // namespace gavel::app
