#include "engine/domain/decision.h"

#include <algorithm>

#include "engine/domain/fold_meeting.h"
#include "engine/domain/gates.h"
#include "engine/domain/names.h"
#include "engine/domain/planning/civil_date.h"
#include "fmt/format.h"

namespace gavel {
namespace {

// A condition nobody dated is due after a month, on a day people work; the facilitator can extend
// it.
constexpr int kConditionDays = 30;

const v1::Decision* WithForce(const v1::Spec& spec, v1::Decision::Force force) {
  for (int i = spec.decisions_size() - 1; i >= 0; --i) {
    if (spec.decisions(i).force() == force) return &spec.decisions(i);
  }
  return nullptr;
}

absl::Time FinalTime(const Situation& situation, v1::Decision::Authority authority) {
  switch (authority) {
    case v1::Decision::AUTHORITY_RULE:
      return situation.calendar().AddBusinessDays(situation.now,
                                                  situation.settings().objection_window_bd());
    case v1::Decision::AUTHORITY_MEETING:
      return situation.calendar().AddBusinessDays(situation.now, 1);
    default:
      return situation.now;
  }
}

// A meeting decides on the revision pinned in its packet, everybody else on the current one.
const v1::Revision& RevisionOnTheTable(const Situation& situation) {
  const v1::Spec& spec = situation.spec;
  const v1::Slot* slot = situation.meeting != nullptr && spec.state() == v1::Spec::STATE_IN_MEETING
                             ? FindSlot(*situation.meeting, spec.key())
                             : nullptr;
  if (slot != nullptr) {
    for (const v1::Revision& revision : spec.revisions()) {
      if (revision.number() == slot->revision()) return revision;
    }
  }
  return *CurrentRevision(spec);
}

}  // namespace

const v1::Decision* InForce(const v1::Spec& spec) {
  return WithForce(spec, v1::Decision::FORCE_IN_FORCE);
}

const v1::Decision* Stayed(const v1::Spec& spec) {
  return WithForce(spec, v1::Decision::FORCE_STAYED);
}

const v1::Decision* FindDecision(const v1::Spec& spec, std::string_view id) {
  for (const v1::Decision& decision : spec.decisions()) {
    if (decision.id() == id) return &decision;
  }
  return nullptr;
}

const v1::Decision* AuditedDecision(const v1::Spec& spec, std::string_view id) {
  for (int i = spec.decisions_size() - 1; i >= 0; --i) {
    const v1::Decision& decision = spec.decisions(i);
    if (decision.authority() != v1::Decision::AUTHORITY_RULE) continue;
    if (id.empty() || decision.id() == id) return &decision;
  }
  return nullptr;
}

const v1::Condition* FindCondition(const v1::Spec& spec, std::string_view id) {
  const v1::Decision* decision = InForce(spec);
  if (decision == nullptr) return nullptr;
  for (const v1::Condition& condition : decision->conditions()) {
    if (condition.id() == id) return &condition;
  }
  return nullptr;
}

v1::Decision MakeDecision(const Situation& situation, v1::DecisionOutcome outcome,
                          v1::Decision::Authority authority, std::string decided_by,
                          std::string rationale) {
  const v1::Spec& spec = situation.spec;
  v1::Decision decision;
  decision.set_id(fmt::format("d{}", spec.decisions_size() + 1));
  decision.set_outcome(outcome);
  decision.set_authority(authority);
  const v1::Revision& decided = RevisionOnTheTable(situation);
  decision.set_revision(decided.number());
  decision.set_content_hash(decided.content_hash());
  decision.set_facts_hash(decided.facts_hash());
  decision.set_rationale(std::move(rationale));
  decision.set_decided_by(std::move(decided_by));
  *decision.mutable_decide_time() = ToProto(situation.now);
  *decision.mutable_final_time() = ToProto(FinalTime(situation, authority));
  decision.set_force(v1::Decision::FORCE_IN_FORCE);
  if (const v1::Decision* stayed = Stayed(spec)) decision.set_replaces(stayed->id());
  if (const v1::Decision* current = InForce(spec)) decision.set_replaces(current->id());
  return decision;
}

std::string NextConditionId(const v1::Spec& spec, int offset) {
  int used = 0;
  for (const v1::Decision& decision : spec.decisions()) used += decision.conditions_size();
  return fmt::format("k{}", used + offset + 1);
}

std::vector<v1::Condition> ConditionsOfPositions(const Situation& situation) {
  const v1::Spec& spec = situation.spec;
  std::vector<v1::Condition> conditions;
  const BusinessCalendar& calendar = situation.calendar();
  const absl::CivilDay due =
      calendar.BusinessDayFrom(calendar.DayOf(situation.now) + kConditionDays);
  for (const v1::Position& position : spec.positions()) {
    if (position.stale() || position.kind() != v1::Position::KIND_APPROVE) continue;
    for (const std::string& text : position.conditions()) {
      v1::Condition condition;
      condition.set_id(NextConditionId(spec, static_cast<int>(conditions.size())));
      condition.set_text(text);
      condition.set_owner(spec.authors(0));
      *condition.mutable_due() = ToDate(due);
      condition.set_asked_by(position.person());
      conditions.push_back(std::move(condition));
    }
  }
  return conditions;
}

std::vector<v1::Dissent> DissentOf(const v1::Spec& spec) {
  absl::Time decided = absl::InfinitePast();
  for (const v1::Decision& decision : spec.decisions()) {
    if (decision.force() == v1::Decision::FORCE_VOID) continue;
    decided = std::max(decided, FromProto(decision.decide_time()));
  }
  std::vector<v1::Dissent> dissent;
  for (const v1::Concern& concern : spec.concerns()) {
    const bool overruled = concern.status() == v1::Concern::STATUS_OVERRULED &&
                           concern.severity() == v1::Concern::SEVERITY_BLOCKING;
    if (!overruled || FromProto(concern.close_time()) <= decided) continue;
    v1::Dissent& entry = dissent.emplace_back();
    entry.set_person(concern.raiser());
    entry.set_text(concern.text());
  }
  return dissent;
}

const v1::Revision* CurrentRevision(const v1::Spec& spec) {
  return spec.revisions().empty() ? nullptr : &spec.revisions(spec.revisions_size() - 1);
}

v1::ReviewMode StandingWish(const v1::Spec& spec) {
  switch (spec.state()) {
    case v1::Spec::STATE_ASYNC_REVIEW:
    case v1::Spec::STATE_QUEUED:
    case v1::Spec::STATE_SCHEDULED:
      return spec.wants();
    default:
      return v1::REVIEW_MODE_UNSPECIFIED;
  }
}

const v1::Revision* BaseRevision(const v1::Spec& spec) {
  if (spec.revisions().empty()) return nullptr;
  const v1::Decision* decided = InForce(spec);
  // A rejection stays in force while its spec is reopened; what reviewers read then is newer.
  const bool stands = decided != nullptr && StateOfDecision(*decided) == spec.state();
  const int number = stands ? decided->revision() : LatestMajorRevision(spec);
  for (const v1::Revision& revision : spec.revisions()) {
    if (revision.number() == number) return &revision;
  }
  return CurrentRevision(spec);
}

v1::Spec::State StateOfDecision(const v1::Decision& decision) {
  if (decision.outcome() == v1::DECISION_OUTCOME_REJECTED) return v1::Spec::STATE_REJECTED;
  return decision.authority() == v1::Decision::AUTHORITY_RULE ? v1::Spec::STATE_AUTO_APPROVED
                                                              : v1::Spec::STATE_APPROVED;
}

}  // namespace gavel
