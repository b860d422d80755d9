#include "engine/domain/fold_rule.h"

#include <algorithm>

namespace gavel {
namespace {

constexpr int kFailedAuditsKept = 1000;

// The newest audit of a decision is the one that counts.
void FoldAuditOfRule(const v1::Event& event, v1::RuleRecord& record) {
  const v1::AuditRecorded& audit = event.audit_recorded();
  auto& failed = *record.mutable_failed_audits();
  failed.erase(std::remove_if(failed.begin(), failed.end(),
                              [&](const v1::RuleRecord::FailedAudit& earlier) {
                                return earlier.spec() == event.spec() &&
                                       earlier.decision() == audit.decision();
                              }),
               failed.end());
  if (audit.result() == v1::AuditRecorded::RESULT_FINE) return;
  v1::RuleRecord::FailedAudit& added = *record.add_failed_audits();
  added.set_spec(event.spec());
  added.set_decision(audit.decision());
  *added.mutable_time() = event.time();
  if (failed.size() > kFailedAuditsKept) failed.erase(failed.begin());
}

}  // namespace

void FoldRule(const v1::Event& event, v1::RuleRecord& record) {
  switch (event.payload_case()) {
    case v1::Event::kDecisionRecorded:
      record.set_rule(event.decision_recorded().decision().rule());
      record.set_approvals(record.approvals() + 1);
      *record.mutable_approve_time() = event.time();
      break;
    case v1::Event::kAuditRecorded:
      record.set_rule(event.audit_recorded().rule());
      FoldAuditOfRule(event, record);
      break;
    case v1::Event::kBreakerOpened:
      record.set_rule(event.breaker_opened().rule());
      record.set_breaker_reason(event.breaker_opened().reason());
      *record.mutable_breaker_specs() = event.breaker_opened().specs();
      *record.mutable_breaker_time() = event.time();
      break;
    case v1::Event::kBreakerClosed:
      record.clear_breaker_reason();
      record.clear_breaker_specs();
      record.clear_failed_audits();
      *record.mutable_close_time() = event.time();
      break;
    default:
      break;
  }
}

bool IsBreakerOpen(const v1::RuleRecord& record) { return !record.breaker_reason().empty(); }

}  // namespace gavel
