#include "engine/app/insight/audit_breaker.h"

#include "engine/app/command/entity.h"
#include "engine/base/status_macros.h"
#include "engine/domain/breaker.h"
#include "engine/domain/fold_rule.h"
#include "engine/domain/roles.h"
#include "fmt/format.h"

namespace gavel::app {

absl::StatusOr<std::vector<std::string>> OpenBreakers(const Transaction& transaction,
                                                      const LivePolicy& policy) {
  std::vector<std::string> open;
  for (const v1::Rule& rule : policy.rules->rule_set().rules()) {
    if (!rule.has_auto_approve()) continue;
    GAVEL_ASSIGN_OR_RETURN(const v1::RuleRecord record, transaction.Rule(rule.id()));
    if (IsBreakerOpen(record)) open.push_back(rule.id());
  }
  return open;
}

absl::Status CheckBreaker(Workflow& workflow, const std::string& rule) {
  Transaction& transaction = workflow.transaction();
  const v1::Breaker& limits = workflow.policy().rules->rule_set().breaker();
  GAVEL_ASSIGN_OR_RETURN(const v1::RuleRecord record, transaction.Rule(rule));
  GAVEL_ASSIGN_OR_RETURN(
      const auto ends,
      transaction.ReviewEnds(CountedSince(limits, record, workflow.now()), absl::InfiniteFuture()));
  const auto trip = TripOf(limits, record, ends, workflow.now());
  if (!trip.has_value()) return absl::OkStatus();
  v1::Event event;
  event.set_subject(RuleSubject(rule));
  event.set_actor(std::string(kSystemActor));
  v1::BreakerOpened& opened = *event.mutable_breaker_opened();
  opened.set_rule(rule);
  opened.set_reason(trip->reason);
  opened.mutable_specs()->Add(trip->specs.begin(), trip->specs.end());
  workflow.Alert(fmt::format("the breaker of {} opened: {} ({})", rule, trip->reason,
                             fmt::join(trip->specs, ", ")));
  return transaction.Append(std::move(event));
}

}  // namespace gavel::app
