// Running a file of rule tests (`rules.test.yaml`) against a policy: cases and a decision table,
// each with exactly what is to be decided.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "rules/policy.h"

namespace gavel::rules {

struct RuleTestReport {
  int cases = 0;  // Cases and table rows that ran.
  // `rules.test.yaml:42: NAME: mode is sync, expected async`; empty when all pass. A rule that no
  // case fires, or every case fires, is a failure too: nothing tests it.
  std::vector<std::string> failures;

  bool ok() const { return failures.empty(); }
};

// Runs the tests in `text` (the content of `rules.test.yaml`) against `policy`. Pure.
//
// Errors: INVALID_ARGUMENT `POLICY_INVALID` where the file itself is wrong, one violation per
// problem.
absl::StatusOr<RuleTestReport> RunRuleTests(const Policy& policy, const std::string& text);

}  // namespace gavel::rules
