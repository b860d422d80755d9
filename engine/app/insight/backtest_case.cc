#include "engine/app/insight/backtest_case.h"

#include <algorithm>

#include "engine/app/command/entity.h"
#include "engine/app/verdict/intake.h"
#include "engine/base/error.h"
#include "engine/base/status_macros.h"
#include "engine/domain/names.h"
#include "engine/domain/roles.h"
#include "fmt/format.h"
#include "rules/backtest/backtest.h"
#include "rules/packed/pack.h"

namespace gavel::app {
namespace {

using Case = v1::ReviewCase;

int32_t DayOf(absl::Time time) { return rules::DayOf(DateOf(time)); }

void AddHarm(Case::Harm harm, Case& review) {
  if (std::find(review.harms().begin(), review.harms().end(), harm) == review.harms().end()) {
    review.add_harms(harm);
  }
}

bool DrewConcern(const v1::Spec& spec) {
  return std::any_of(spec.concerns().begin(), spec.concerns().end(), [](const auto& concern) {
    return concern.severity() != v1::Concern::SEVERITY_NOTE;
  });
}

void Start(const CaseContext& context, Case& review) {
  review.set_spec(context.spec.key());
  review.set_submitted_day(DayOf(context.now));
  review.set_team(context.team);
}

// The first verdict is that of the first submission; a later one may be on another plan.
void Judge(const v1::RulesEvaluated& evaluated, const v1::EvaluationRecord& record, Case& review) {
  const v1::PackedFacts facts = rules::PackRecord(record);
  if (review.mode() != v1::REVIEW_MODE_UNSPECIFIED) {
    review.set_changed(rules::IsMaterialChange(review.facts(), facts));
    return;
  }
  *review.mutable_facts() = facts;
  review.set_mode(evaluated.verdict().mode());
  review.set_author_gate(evaluated.verdict().author_gate());
}

Case::Ending EndingOf(const v1::Spec& spec) {
  switch (spec.state()) {
    case v1::Spec::STATE_AUTO_APPROVED:
      return Case::ENDING_AUTO_APPROVED;
    case v1::Spec::STATE_APPROVED:
      return Case::ENDING_APPROVED;
    case v1::Spec::STATE_REJECTED:
      return Case::ENDING_REJECTED;
    case v1::Spec::STATE_WITHDRAWN:
      return Case::ENDING_WITHDRAWN;
    default:
      return Case::ENDING_UNSPECIFIED;
  }
}

// A superseded spec ended as it had ended before; any other state that is no end opens it again.
void End(const CaseContext& context, Case& review) {
  if (context.spec.state() == v1::Spec::STATE_SUPERSEDED) return;
  const Case::Ending before = review.ending();
  review.set_ending(EndingOf(context.spec));
  if (review.ending() == Case::ENDING_UNSPECIFIED) return review.set_waited_days(0);
  if (review.ending() == before) return;
  review.set_waited_days(DayOf(context.now) - review.submitted_day());
  if (review.ending() == Case::ENDING_REJECTED) AddHarm(Case::HARM_REJECTED, review);
  if (review.ending() == Case::ENDING_WITHDRAWN && DrewConcern(context.spec)) {
    AddHarm(Case::HARM_WITHDRAWN_UNDER_CONCERN, review);
  }
  const bool approved =
      review.ending() == Case::ENDING_APPROVED || review.ending() == Case::ENDING_AUTO_APPROVED;
  if (approved && review.changed()) AddHarm(Case::HARM_MATERIAL_CHANGE, review);
}

bool IsRemark(const v1::Event& event) {
  return event.has_comment_added() || event.has_concern_raised() || event.has_position_taken();
}

bool IsBlocked(const v1::Spec& spec) {
  return std::any_of(spec.concerns().begin(), spec.concerns().end(), [](const auto& concern) {
    return concern.severity() == v1::Concern::SEVERITY_BLOCKING;
  });
}

bool MovesSpec(const v1::Event& event) { return event.to_state() != v1::Spec::STATE_UNSPECIFIED; }

}  // namespace

bool ConcernsReviewCase(const v1::Event& event) {
  return event.has_spec_submitted() || event.has_rules_evaluated() || event.has_audit_recorded() ||
         event.has_concern_severity_changed() || IsRemark(event) || MovesSpec(event);
}

void FoldReviewCase(const v1::Event& event, const CaseContext& context, Case& review) {
  const bool started = !review.spec().empty();
  if (!started && !event.has_spec_submitted()) return;
  if (!started) Start(context, review);
  if (event.has_rules_evaluated() && context.record != nullptr) {
    Judge(event.rules_evaluated(), *context.record, review);
  }
  if (IsRemark(event) && !IsAuthor(context.spec, event.actor())) {
    review.set_remarks(review.remarks() + 1);
  }
  if (IsBlocked(context.spec)) AddHarm(Case::HARM_BLOCKING_CONCERN, review);
  if (event.has_audit_recorded() &&
      event.audit_recorded().result() != v1::AuditRecorded::RESULT_FINE) {
    AddHarm(Case::HARM_FAILED_AUDIT, review);
  }
  if (MovesSpec(event)) End(context, review);
}

absl::StatusOr<v1::EvaluationRecord> RecordBehind(const Workflow& workflow, const v1::Spec& spec,
                                                  const v1::RulesEvaluated& evaluated) {
  v1::EvaluationRecord record;
  const std::string& hash = evaluated.record_hash();
  if (!hash.empty()) {
    GAVEL_ASSIGN_OR_RETURN(const auto bytes, workflow.transaction().Body(hash));
    if (bytes.has_value() && record.ParseFromString(*bytes)) return record;
    return MakeError(
        absl::StatusCode::kDataLoss, "STORE_CORRUPT",
        fmt::format("The record {} of a verdict on {} cannot be read.", hash, spec.key()),
        {{"spec", spec.key()}});
  }
  GAVEL_ASSIGN_OR_RETURN(const Intake intake,
                         ReadCurrent(workflow.transaction(), workflow.policy(), spec));
  *record.mutable_facts() = intake.facts;
  record.mutable_findings()->Add(intake.findings.begin(), intake.findings.end());
  record.set_facts_unknown(spec.facts_unknown());
  return record;
}

uint64_t TeamHash(const Workflow& workflow, const v1::Spec& spec) {
  const std::string team = workflow.organisation().TeamOf(spec.authors(0));
  return rules::NameHash(fmt::format("{} {}", team, spec.system()));
}

absl::Status KeepReviewCase(Workflow& workflow, const v1::Event& event) {
  if (event.spec().empty() || !ConcernsReviewCase(event)) return absl::OkStatus();
  Transaction& transaction = workflow.transaction();
  const std::string subject = SpecSubject(event.spec());
  GAVEL_ASSIGN_OR_RETURN(Case review, transaction.ReviewCase(subject));
  if (review.spec().empty() && !event.has_spec_submitted()) return absl::OkStatus();
  GAVEL_ASSIGN_OR_RETURN(const v1::Spec spec, workflow.GetSpec(event.spec()));
  v1::EvaluationRecord record;
  if (event.has_rules_evaluated()) {
    GAVEL_ASSIGN_OR_RETURN(record, RecordBehind(workflow, spec, event.rules_evaluated()));
  }
  FoldReviewCase(event,
                 {.spec = spec,
                  .now = workflow.now(),
                  .team = TeamHash(workflow, spec),
                  .record = event.has_rules_evaluated() ? &record : nullptr},
                 review);
  transaction.PutReviewCase(subject, review);
  return absl::OkStatus();
}

}  // namespace gavel::app
