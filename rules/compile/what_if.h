// "What if": facts with some of them changed by hand, in the words of rule tests.
#pragma once

#include <map>
#include <string>

#include "absl/status/status.h"
#include "gavel/v1/facts.pb.h"
#include "rules/policy.h"

namespace gavel::rules {

// Sets each fact of `changes` (`cost.monthly_usd` to `2500`, `deps` to `[postgres/standard-m]`,
// `regions` to `unknown`); its source is then `what-if`, which explanations show. Pure.
//
// Errors: INVALID_ARGUMENT `FIELD_INVALID`, one violation `what_if[FACT]` per problem; `facts` may
// then be changed in part.
absl::Status ApplyWhatIf(const std::map<std::string, std::string>& changes, const Policy& policy,
                         v1::Facts& facts);

}  // namespace gavel::rules
