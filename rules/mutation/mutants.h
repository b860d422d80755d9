// Small mistakes that a rule could hold: what mutation testing tries.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "gavel/v1/rule_set.pb.h"
#include "rules/policy.h"

namespace gavel::rules {

// A rule's condition with one change.
struct Mutant {
  std::string change;      // `drop all[6] change.reversible is true`
  v1::RuleCondition when;  // Legal: it could be published in the rule's place.
  // A limit moved by one cent; the mutant before it moved the same limit the same way by one unit
  // of the currency.
  bool by_cent = false;
};

// Every mutant of `rule` in file order, no two the same. Each test is dropped (where others remain)
// and negated; money moves by one unit of the currency, in which limits are written, and by one
// cent, in which they are compared; sizes by one; ordered values by one step; `or_none` flips;
// lists lose one name; sets become the other sets of their kind; `only_in` and `any_in` take each
// other's place. What the compiler would refuse (an empty list, nesting too deep, a `stated` that
// lets a missing fact approve) is no mutant.
std::vector<Mutant> MutantsOf(const v1::Rule& rule, const v1::Catalog& catalog);

}  // namespace gavel::rules
