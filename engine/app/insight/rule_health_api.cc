// How the rules do, and letting one approve again.

#include <algorithm>

#include "engine/app/command/entity.h"
#include "engine/app/command/run_command.h"
#include "engine/app/insight/rule_health.h"
#include "engine/app/policy/rules_api.h"
#include "engine/base/error.h"
#include "engine/domain/fold_rule.h"
#include "engine/domain/spec_errors.h"
#include "fmt/format.h"

namespace gavel::app {
namespace {

absl::Status CheckAdmin(const Workflow& workflow, const Caller& caller) {
  if (workflow.organisation().IsAdmin(caller.principal)) return absl::OkStatus();
  return MakeError(absl::StatusCode::kPermissionDenied, "ROLE_MISSING",
                   fmt::format("Only an admin closes a breaker; @{} is none.", caller.principal),
                   {{"principal", caller.principal}, {"needs", "admin"}});
}

absl::Status CheckOpen(const Workflow& workflow, const std::string& rule) {
  const v1::Rule* known = workflow.policy().rules->FindRule(rule);
  if (known == nullptr) {
    return MakeError(absl::StatusCode::kNotFound, "RULE_NOT_FOUND",
                     fmt::format("There is no rule `{}` in force.", rule), {{"rule", rule}});
  }
  GAVEL_ASSIGN_OR_RETURN(const v1::RuleRecord record, workflow.transaction().Rule(rule));
  if (IsBreakerOpen(record)) return absl::OkStatus();
  return MakeError(absl::StatusCode::kFailedPrecondition, "GUARD_FAILED",
                   fmt::format("The breaker of {} is not open.", rule), {{"rule", rule}});
}

}  // namespace

absl::Status RulesApi::ListRuleHealth(const Caller& caller, const v1::ListRuleHealthRequest&,
                                      v1::ListRuleHealthResponse* response) {
  return RunQuery(environment_, caller, [&](const Workflow& workflow) -> absl::Status {
    GAVEL_ASSIGN_OR_RETURN(*response, HealthOfRules(workflow));
    return absl::OkStatus();
  });
}

absl::Status RulesApi::CloseBreaker(const Caller& caller, const v1::CloseBreakerRequest& request,
                                    v1::CloseBreakerResponse* response) {
  return RunCommand(
      environment_, caller, request, response,
      [&](Workflow& workflow, v1::CloseBreakerResponse& answer) -> absl::Status {
        GAVEL_RETURN_IF_ERROR(CheckAdmin(workflow, caller));
        GAVEL_RETURN_IF_ERROR(CheckOpen(workflow, request.rule()));
        GAVEL_RETURN_IF_ERROR(
            RequireText("text", request.text(), "must say why the rule may approve again"));
        v1::Event event;
        event.set_subject(RuleSubject(request.rule()));
        event.set_actor(caller.principal);
        event.mutable_breaker_closed()->set_rule(request.rule());
        event.mutable_breaker_closed()->set_text(request.text());
        GAVEL_RETURN_IF_ERROR(workflow.transaction().Append(std::move(event)));
        GAVEL_ASSIGN_OR_RETURN(const v1::ListRuleHealthResponse health, HealthOfRules(workflow));
        const auto& rules = health.rules();
        *answer.mutable_rule() = *std::find_if(
            rules.begin(), rules.end(),
            [&](const v1::RuleHealth& rule) { return rule.rule() == request.rule(); });
        answer.set_seq(NewestSeq(workflow));
        return absl::OkStatus();
      });
}

}  // namespace gavel::app
