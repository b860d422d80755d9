// What a back-test will want to know of a review, kept up to date while the review goes on.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "engine/app/command/workflow.h"
#include "gavel/v1/backtest.pb.h"
#include "gavel/v1/event.pb.h"
#include "gavel/v1/spec.pb.h"
#include "gavel/v1/verdict.pb.h"

namespace gavel::app {

// What an event alone does not say.
struct CaseContext {
  const v1::Spec& spec;  // After the event.
  absl::Time now;
  uint64_t team = 0;
  // What the rules were given; only of `RulesEvaluated`, and null where it was not kept.
  const v1::EvaluationRecord* record = nullptr;
};

// Applies one event of a spec to its review case: the first submission starts it, with the facts of
// that revision; later events say how it ended, what went wrong, how long it took. Events before
// the first submission change nothing. Pure.
void FoldReviewCase(const v1::Event& event, const CaseContext& context, v1::ReviewCase& review);

// True where an event may change the review case of its spec.
bool ConcernsReviewCase(const v1::Event& event);

// What the rules were given for a `RulesEvaluated` event. Verdicts of servers that did not keep it
// are answered from the document, read with today's policy.
absl::StatusOr<v1::EvaluationRecord> RecordBehind(const Workflow& workflow, const v1::Spec& spec,
                                                  const v1::RulesEvaluated& evaluated);

// Hash of the first author's team and of the system: reviews of one hash are one habit.
uint64_t TeamHash(const Workflow& workflow, const v1::Spec& spec);

// FoldReviewCase for an event that was just appended, in the same transaction.
absl::Status KeepReviewCase(Workflow& workflow, const v1::Event& event);

}  // namespace gavel::app
