// What differs between two policies, as far as people and lists of names are concerned; what it
// means for specs is rules/analysis. Pure.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "gavel/v1/date.pb.h"
#include "rules/policy.h"

namespace gavel::app {

// Auto rules of `candidate` that `base` (null: nothing) lacks, that were changed, or that read a
// catalog set, a tier, a price or an alias that was changed. Sorted. Dates that are written as `Nm`
// move with every publish and are no change: `base` is read as if published on the same day.
//
// Errors: none but our own bugs; a base that does not compile counts as nothing.
std::vector<std::string> ChangedAutoRules(const rules::Policy* base,
                                          const rules::Policy& candidate);

// `product/tier` that an enforced auto rule accepts on `day`, by name or through a set.
std::set<std::string> ApprovableTiers(const rules::Policy& policy, const v1::Date& day);

// Owners (`team:ID`, `group:ID`, a person) of the given rules; of all auto rules where none is
// given, since a change of the catalog alone concerns them all.
std::set<std::string> OwnersOf(const rules::Policy& policy, const std::vector<std::string>& rules);

}  // namespace gavel::app
