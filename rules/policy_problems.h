// What is wrong with a policy, in the form that clients see.
#pragma once

#include <vector>

#include "absl/status/status.h"
#include "gavel/v1/policy.pb.h"
#include "rules/policy.h"

namespace gavel::rules {

using PolicyProblems = std::vector<v1::PolicyProblem>;

// The violations of a `POLICY_INVALID`, as errors, in their order: causes before what follows from
// them. A place is `FILE`, `FILE:LINE` or
// `FILE:LINE:COLUMN`.
PolicyProblems ProblemsOf(const absl::Status& status);

// The compiler's remarks about a policy that compiles.
PolicyProblems ProblemsOf(const Policy& policy);

// By file, line, column and code.
void SortByPlace(PolicyProblems& problems);

}  // namespace gavel::rules
