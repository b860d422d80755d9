// Small random policies and specs, the same on every run, for tests that compare the analyser with
// something else.
#pragma once

#include <memory>
#include <random>

#include "gavel/v1/facts.pb.h"
#include "gavel/v1/rule_set.pb.h"
#include "rules/policy.h"

namespace gavel::rules {

using Random = std::mt19937_64;

// The day the random policies are looked at; some of their tiers and rules are past theirs.
v1::Date RandomPolicyDay();

// One organisation and one catalog with `rules` random rules: auto rules, requirements and author
// rules, most of them in force. Few names and few limits, so that rules meet each other often.
std::shared_ptr<const Policy> RandomPolicy(Random& random, int rules);

// The same with one rule's condition replaced, or one tier's status.
std::shared_ptr<const Policy> Varied(Random& random, const Policy& policy);

// A condition of up to `depth` connectives over each other.
v1::RuleCondition RandomCondition(Random& random, int depth);

// Any facts: also wrong, missing and uncataloged ones, and amounts beside the limits of rules.
v1::Facts RandomFacts(Random& random, const Policy& policy);

// `base` with about one in `one_in` of its facts taken from `other`.
v1::Facts Blended(Random& random, const v1::Facts& base, const v1::Facts& other, int one_in);

}  // namespace gavel::rules
