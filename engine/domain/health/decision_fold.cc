#include "engine/domain/health/decision_fold.h"

#include <algorithm>
#include <iterator>
#include <vector>

#include "engine/domain/names.h"

namespace gavel::health {
namespace {

absl::CivilDay DayOf(const v1::Date& date) {
  return absl::CivilDay(date.year(), date.month(), date.day());
}

// Those without whose approval a gate would lack its quorum.
std::set<PersonNumber> NeededFor(const SpecLife& life) {
  std::set<PersonNumber> needed;
  for (const GateLife& gate : life.gates) {
    std::vector<PersonNumber> approved;
    std::set_intersection(gate.people.begin(), gate.people.end(), life.approvals.begin(),
                          life.approvals.end(), std::back_inserter(approved));
    const bool spare = static_cast<int>(approved.size()) > gate.quorum;
    if (!spare) needed.insert(approved.begin(), approved.end());
  }
  return needed;
}

void VoidEarlier(absl::Time now, SpecLife& life) {
  for (DecisionLife& decision : life.decisions) {
    decision.void_from = std::min(decision.void_from, now);
  }
}

void Record(const v1::Decision& decision, absl::Time now, SpecLife& life) {
  VoidEarlier(now, life);
  DecisionLife& made = life.decisions.emplace_back();
  made.id = decision.id();
  made.time = now;
  made.authority = decision.authority();
  made.approves = decision.outcome() != v1::DECISION_OUTCOME_REJECTED;
  made.has_rationale = !decision.rationale().empty();
  made.silent = life.first_word == kNever;
  life.last_outcome = made.id;
  const bool by_people = made.authority != v1::Decision::AUTHORITY_RULE;
  if (made.approves && by_people) made.needed = NeededFor(life);
  for (const v1::Condition& condition : decision.conditions()) {
    ConditionLife& kept = life.conditions.emplace_back();
    kept.id = condition.id();
    kept.decision = decision.id();
    if (condition.has_due()) kept.due.emplace_back(now, DayOf(condition.due()));
  }
}

DecisionLife* Find(SpecLife& life, const std::string& id) {
  for (DecisionLife& decision : life.decisions) {
    if (decision.id == id) return &decision;
  }
  return nullptr;
}

// An undo takes back the newest outcome: a decision, or the wish to continue.
void Undo(absl::Time now, SpecLife& life) {
  if (DecisionLife* decision = Find(life, life.last_outcome)) {
    decision->undone = now;
    decision->void_from = std::min(decision->void_from, now);
  } else if (!life.continued.empty()) {
    life.continued.back().undone = now;
  }
  life.last_outcome.clear();
}

void Lift(absl::Time now, DecisionLife* decision) {
  if (decision != nullptr && !decision->stays.empty()) decision->stays.back().to = now;
}

void FoldCondition(const v1::Event& event, absl::Time now, SpecLife& life) {
  for (ConditionLife& condition : life.conditions) {
    if (event.has_condition_met() && event.condition_met().condition() == condition.id) {
      condition.met = std::min(condition.met, now);
    }
    if (event.has_condition_extended() && event.condition_extended().condition() == condition.id) {
      condition.due.emplace_back(now, DayOf(event.condition_extended().due()));
    }
  }
}

}  // namespace

void FoldDecisionLife(const v1::Event& event, SpecLife& life) {
  const absl::Time now = FromProto(event.time());
  switch (event.payload_case()) {
    case v1::Event::kDecisionRecorded:
      Record(event.decision_recorded().decision(), now, life);
      break;
    case v1::Event::kOutcomeUndone:
      Undo(now, life);
      break;
    case v1::Event::kReopened:
      if (event.from_state() == v1::Spec::STATE_REJECTED) life.reopened.push_back(now);
      VoidEarlier(now, life);
      break;
    case v1::Event::kWithdrawn:
      VoidEarlier(now, life);
      break;
    case v1::Event::kDecisionContested:
      life.contested.push_back(now);
      break;
    case v1::Event::kSuperseded:
      life.superseded = std::min(life.superseded, now);
      break;
    case v1::Event::kAuditRecorded:
      life.audits.push_back(
          {.time = now,
           .fine = event.audit_recorded().result() == v1::AuditRecorded::RESULT_FINE});
      break;
    case v1::Event::kOutcomeRecorded:
      life.last_outcome.clear();
      if (event.outcome_recorded().outcome().kind() == v1::Outcome::KIND_CONTINUE) {
        life.continued.push_back({.time = now});
      }
      break;
    case v1::Event::kDecisionStayed:
      if (DecisionLife* decision = Find(life, event.decision_stayed().decision())) {
        decision->stays.push_back({.from = now});
      }
      break;
    case v1::Event::kStayLifted:
      Lift(now, Find(life, event.stay_lifted().decision()));
      break;
    case v1::Event::kConditionMet:
    case v1::Event::kConditionExtended:
      FoldCondition(event, now, life);
      break;
    default:
      break;
  }
}

}  // namespace gavel::health
