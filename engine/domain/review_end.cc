#include "engine/domain/review_end.h"

#include <algorithm>

#include "absl/time/civil_time.h"
#include "engine/domain/decision.h"
#include "engine/domain/names.h"

namespace gavel {
namespace {

absl::CivilMonth MonthOf(const google::protobuf::Timestamp& time) {
  return absl::ToCivilMonth(FromProto(time), absl::UTCTimeZone());
}

bool WasBlocked(const v1::Spec& spec) {
  return std::any_of(spec.concerns().begin(), spec.concerns().end(), [](const auto& concern) {
    return concern.severity() == v1::Concern::SEVERITY_BLOCKING;
  });
}

void AddDecision(const v1::Event& event, const v1::Spec& spec, const v1::RuleRecord& record,
                 v1::ReviewEnd& end) {
  const v1::Decision& decision = event.decision_recorded().decision();
  end.set_decision(decision.id());
  end.set_authority(decision.authority());
  end.set_outcome(decision.outcome());
  if (decision.authority() != v1::Decision::AUTHORITY_RULE) return;
  end.set_rule(decision.rule());
  end.set_ordinal(record.approvals() + 1);
  end.set_first_of_month(!record.has_approve_time() ||
                         MonthOf(record.approve_time()) != MonthOf(event.time()));
  end.set_audit_percent(spec.verdict().audit_percent());
}

}  // namespace

bool EndsReview(const v1::Event& event) {
  return event.has_decision_recorded() || event.has_withdrawn();
}

v1::ReviewEnd ReviewEndOf(const v1::Event& event, const v1::Spec& spec,
                          const v1::RuleRecord& record) {
  v1::ReviewEnd end;
  end.set_spec(spec.key());
  end.set_area(spec.area());
  *end.mutable_time() = event.time();
  end.set_blocked(WasBlocked(spec));
  end.set_system(spec.system());
  *end.mutable_authors() = spec.authors();
  if (const v1::Revision* revision = CurrentRevision(spec)) {
    end.set_words(revision->words());
    end.set_content_hash(revision->content_hash());
  }
  if (event.has_decision_recorded()) AddDecision(event, spec, record, end);
  return end;
}

void FoldAudit(const v1::Event& event, v1::ReviewEnd& end) {
  const v1::AuditRecorded& audit = event.audit_recorded();
  end.set_audit_result(audit.result());
  end.set_audit_text(audit.text());
  end.set_auditor(event.actor());
  *end.mutable_audit_time() = event.time();
}

std::string RuleBehind(const v1::Event& event) {
  if (event.has_audit_recorded()) return event.audit_recorded().rule();
  const v1::Decision& decision = event.decision_recorded().decision();
  return decision.authority() == v1::Decision::AUTHORITY_RULE ? decision.rule() : std::string();
}

}  // namespace gavel
