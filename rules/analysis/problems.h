// Remarks about rules, at the place where each rule stands.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gavel/v1/date.pb.h"
#include "gavel/v1/policy.pb.h"
#include "rules/policy.h"

namespace gavel::rules {

v1::PolicyProblem MakeProblem(const CompiledRule& rule, v1::PolicyProblem::Level level,
                              std::string_view code, std::string message);

// R018 to R020: sets in use that are or will soon be empty, review dates too far away, and limits
// that stand exactly where prices add up. O(tests), but for a search of prices that add up.
std::vector<v1::PolicyProblem> CheckValues(const Policy& policy, const v1::Date& as_of);

}  // namespace gavel::rules
