// What fired: rules of the policy and built-ins, in one form for the resolution.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gavel/v1/verdict.pb.h"
#include "rules/evaluate.h"
#include "rules/evaluate/fact_table.h"

namespace gavel::rules {

// One rule or built-in after its condition was evaluated.
struct Firing {
  v1::RuleResult result;           // `applied` is set by the resolution.
  const v1::Rule* rule = nullptr;  // nullptr for a built-in.
  bool fired = false;              // Its condition was met, as its effect wants it.
  bool enforced = false;  // The rule is in force (state), whatever it is past or set aside.
  // Of a fired requirement:
  v1::ReviewMode mode = v1::REVIEW_MODE_UNSPECIFIED;
  std::string area;  // Consulted; empty: the spec's own alone.
  std::vector<v1::ReviewerClause> reviewers;
  // Why it fired, for the verdict's sentence.
  std::string reason;
  // Of an auto rule that is not certain: the first test that failed, or could not be told.
  std::string obstacle;
  // Keys that the author left out and that alone made it fire.
  std::vector<std::string> missing_keys;
  // What the author is to mend, where it returns the spec.
  std::vector<v1::Finding> findings;

  // Fired, and nothing suspends it.
  bool Counts() const {
    return fired && result.suspension() == v1::RuleResult::SUSPENSION_UNSPECIFIED;
  }
  bool Is(v1::RuleResult::Effect effect) const { return result.effect() == effect; }
};

// Another condition for one rule, to ask whether anybody would notice.
struct Mutation {
  size_t rule;  // Index in `Policy::rules()`.
  const Program& condition;
};

// Every rule that is evaluated at all: in enforce or in shadow. `mutation` may be null.
std::vector<Firing> FireRules(const Policy& policy, const FactTable& facts,
                              const EvaluateInputs& inputs, const Mutation* mutation);

// The built-ins that fire, given what the rules did.
std::vector<Firing> FireBuiltins(const v1::Facts& facts, const Policy& policy,
                                 const EvaluateInputs& inputs, const std::vector<Firing>& rules);

}  // namespace gavel::rules
