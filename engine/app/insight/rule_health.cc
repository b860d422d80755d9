#include "engine/app/insight/rule_health.h"

#include <algorithm>
#include <map>

#include "engine/app/insight/rule_firings.h"
#include "engine/app/policy/rule_expiry.h"
#include "engine/app/verdict/history_facts.h"
#include "engine/app/verdict/intake.h"
#include "engine/base/status_macros.h"
#include "engine/domain/breaker.h"
#include "engine/domain/fold_rule.h"
#include "engine/domain/names.h"
#include "fmt/format.h"
#include "rules/backtest/interval.h"
#include "rules/date.h"
#include "rules/detect/envelope.h"

namespace gavel::app {
namespace {

constexpr absl::Duration kDay = absl::Hours(24);
// Above this a rule is a candidate for change.
constexpr int kOverriddenPercent = 30;

using Ends = std::vector<v1::ReviewEnd>;

bool Within(const google::protobuf::Timestamp& time, absl::Time since) {
  return FromProto(time) >= since;
}

void AddApprovals(const Ends& ends, absl::Time since, v1::RuleHealth& health) {
  for (const v1::ReviewEnd& end : ends) {
    if (end.rule() != health.rule()) continue;
    if (Within(end.time(), since)) health.set_approved(health.approved() + 1);
    if (!end.has_audit_time() || !Within(end.audit_time(), since)) continue;
    health.set_audited(health.audited() + 1);
    const bool failed = end.audit_result() != v1::AuditRecorded::RESULT_FINE;
    if (failed) health.set_audit_failures(health.audit_failures() + 1);
  }
  health.set_failure_bound_percent(rules::UpperBound(health.audit_failures(), health.audited()));
}

absl::Status AddBreaker(const Workflow& workflow, v1::RuleHealth& health) {
  GAVEL_ASSIGN_OR_RETURN(v1::RuleRecord record, workflow.transaction().Rule(health.rule()));
  if (!IsBreakerOpen(record)) return absl::OkStatus();
  health.set_breaker_open(true);
  health.set_breaker_reason(record.breaker_reason());
  *health.mutable_breaker_time() = record.breaker_time();
  *health.mutable_breaker_specs() = std::move(*record.mutable_breaker_specs());
  return absl::OkStatus();
}

// Keys of specs that were built, or may be built, on the rule's word alone.
absl::Status AddEnvelopes(const Workflow& workflow, const Ends& ends, v1::RuleHealth& health) {
  const v1::Date today = DateOf(workflow.now());
  for (const v1::ReviewEnd& end : ends) {
    if (end.rule() != health.rule()) continue;
    GAVEL_ASSIGN_OR_RETURN(const auto approval, LiveApproval(workflow.transaction(), end));
    const bool live = approval.has_value() && approval->has_envelope() &&
                      rules::CompareDates(today, approval->envelope().expires()) <= 0;
    if (live) health.add_envelopes(end.spec());
  }
  return absl::OkStatus();
}

void AddFirings(const RuleFirings& firings, v1::RuleHealth& health) {
  const auto found = firings.find(health.rule());
  if (found == firings.end()) return;
  health.set_fired(static_cast<int>(found->second.fired.size()));
  health.set_overridden(static_cast<int>(found->second.overridden.size()));
  if (100 * health.overridden() <= kOverriddenPercent * health.fired()) return;
  health.add_remarks(
      fmt::format("overridden in {} % of its firings", 100 * health.overridden() / health.fired()));
}

}  // namespace

absl::StatusOr<v1::ListRuleHealthResponse> HealthOfRules(const Workflow& workflow) {
  const rules::Policy& policy = *workflow.policy().rules;
  const absl::Time since = workflow.now() - kDay * policy.rule_set().breaker().window_days();
  // Late audits are rare, and an envelope holds its days: both look back further than the window.
  GAVEL_ASSIGN_OR_RETURN(
      const Ends ends, workflow.transaction().ReviewEnds(since - kDay * (rules::kEnvelopeDays + 1),
                                                         absl::InfiniteFuture()));
  GAVEL_ASSIGN_OR_RETURN(const RuleFirings firings, FiringsSince(workflow, since));
  v1::ListRuleHealthResponse response;
  const DecisionCount count = CountDecisions(ends, since, "");
  response.set_decisions(count.decisions);
  response.set_automatic(count.automatic);
  for (const v1::Rule& rule : policy.rule_set().rules()) {
    v1::RuleHealth& health = *response.add_rules();
    health.set_rule(rule.id());
    if (rule.has_review_by()) *health.mutable_review_by() = rule.review_by();
    for (std::string& remark : ExpiryRemarks(policy, rule, DateOf(workflow.now()))) {
      health.add_remarks(std::move(remark));
    }
    AddFirings(firings, health);
    AddApprovals(ends, since, health);
    GAVEL_RETURN_IF_ERROR(AddBreaker(workflow, health));
    GAVEL_RETURN_IF_ERROR(AddEnvelopes(workflow, ends, health));
  }
  return response;
}

}  // namespace gavel::app
