// Decisions: which one holds, and what a new one looks like.
#pragma once

#include <string>
#include <vector>

#include "engine/domain/situation.h"
#include "gavel/v1/spec.pb.h"

namespace gavel {

// An outcome of a meeting may be taken back this long (row 29).
inline constexpr absl::Duration kUndoWindow = absl::Minutes(10);

// The decision in force; null when none is.
const v1::Decision* InForce(const v1::Spec& spec);
// The stayed decision; null when none is. At most one is, since only decided specs can be stayed.
const v1::Decision* Stayed(const v1::Spec& spec);
// By id; null when unknown.
const v1::Decision* FindDecision(const v1::Spec& spec, std::string_view id);
// The automatic decision that an audit is about: the one of that id, the newest one where `id` is
// empty; null when there is none.
const v1::Decision* AuditedDecision(const v1::Spec& spec, std::string_view id);
// A condition of the decision in force; null when unknown.
const v1::Condition* FindCondition(const v1::Spec& spec, std::string_view id);

// A decision about the current revision with its next id, in force from `situation.now`, replacing
// a stayed one or one in force. `final_time` by authority: RULE at the end of the objection window,
// MEETING one business day after, ASYNC and SPONSOR at once.
v1::Decision MakeDecision(const Situation& situation, v1::DecisionOutcome outcome,
                          v1::Decision::Authority authority, std::string decided_by,
                          std::string rationale);

// "Approve, if": one condition per wish in the fresh positions, owned by the first author and due
// in 30 days unless the meeting says otherwise.
std::vector<v1::Condition> ConditionsOfPositions(const Situation& situation);

// The words of those whose blocking concerns a sponsor overruled since the last decision that was
// not undone.
std::vector<v1::Dissent> DissentOf(const v1::Spec& spec);

// Ids `k1`, `k2` … that are still free.
std::string NextConditionId(const v1::Spec& spec, int offset);

// The revision that a new one is compared with: the decided one where a decision is in force and
// nothing was reopened, else the latest major one. Null before the first revision.
const v1::Revision* BaseRevision(const v1::Spec& spec);

// The newest revision; null before the first.
const v1::Revision* CurrentRevision(const v1::Spec& spec);

// How much review its authors asked for, as it holds for the next revision. While a spec is under
// review, a wish may grow but not go: what was said at submission is not in the document, and
// forgetting it would let a rule approve what somebody asked people to read. Unspecified elsewhere.
v1::ReviewMode StandingWish(const v1::Spec& spec);

// The state that a decision leads to.
v1::Spec::State StateOfDecision(const v1::Decision& decision);

}  // namespace gavel
