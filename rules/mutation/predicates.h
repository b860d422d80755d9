// Small mistakes in one test of a rule: limits, steps, names and sets.
#pragma once

#include <string>
#include <vector>

#include "gavel/v1/catalog.pb.h"
#include "gavel/v1/rule_set.pb.h"

namespace gavel::rules {

struct PredicateChange {
  v1::Predicate predicate;
  std::string shown;     // What is new about it: `2,001`, `confidential`, `or_none: false`.
  bool by_cent = false;  // As Mutant::by_cent.
};

// The other tests that `predicate` could have been by mistake; it must be one that compiles.
std::vector<PredicateChange> ChangesOf(const v1::Predicate& predicate, const v1::Catalog& catalog);

// `cost.monthly_usd lte 2,000`.
std::string PredicateText(const v1::Predicate& predicate);

}  // namespace gavel::rules
