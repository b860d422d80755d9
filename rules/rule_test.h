// Running a file of rule tests (`rules.test.yaml`) against a policy: cases and a decision table,
// each with exactly what is to be decided. The file's grammar stands in rules/rule_test/file.h.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "gavel/v1/analysis.pb.h"
#include "rules/policy.h"

namespace gavel::rules {

// Runs the tests in `text` (the content of `rules.test.yaml`) against `policy`. Pure. `failures`
// has one line per thing that is not as expected, with the line where it was expected; a rule that
// no case fires, or every case fires, is a failure too: nothing tests it.
//
// Errors: INVALID_ARGUMENT `POLICY_INVALID` where the file itself is wrong, one violation per
// problem.
absl::StatusOr<v1::RuleTestReport> RunRuleTests(const Policy& policy, const std::string& text);

}  // namespace gavel::rules
