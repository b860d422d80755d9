// Which rules a change of policy touches.
#pragma once

#include <string>
#include <vector>

#include "gavel/v1/date.pb.h"
#include "rules/policy.h"

namespace gavel::rules {

// Auto rules of `candidate` that `base` does not have, or has in other words, or whose sets have
// other members on `as_of`. A date that was `12m` from each publication is no other word. Sorted.
std::vector<std::string> ChangedAutoRules(const Policy& base, const Policy& candidate,
                                          const v1::Date& as_of);

}  // namespace gavel::rules
