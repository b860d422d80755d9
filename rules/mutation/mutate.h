// Mutation testing: would the tests of a policy notice a small mistake in a rule?
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "gavel/v1/analysis.pb.h"
#include "gavel/v1/date.pb.h"
#include "rules/policy.h"

namespace gavel::rules {

// Runs the tests of `text` (the content of `rules.test.yaml`) on `policy`, then on every mutant of
// every rule in enforce or in shadow. A mutant that no test notices survives; the exact analyser
// says whether any spec at all, on the day `as_of`, could tell it from the rule, and which. Where
// tests fail on the rules as they are, nothing is mutated (`mutated` is false).
//
// `passed` means: no test failed, and every mutant of an `auto_approve` rule that some spec can
// tell is noticed. A limit moved by one cent counts as a mutant of its own only where it fares
// otherwise than the same limit moved by one unit of the currency. Pure. O(mutants × cases) rule
// runs, one evaluation for each answer that differs, one analysis per survivor.
//
// Errors: INVALID_ARGUMENT `POLICY_INVALID` where the file itself is wrong, one violation per
// problem, or where the rules are too complex to be analysed.
absl::StatusOr<v1::RuleTestReport> MutateRules(const Policy& policy, const std::string& text,
                                               const v1::Date& as_of);

// The report in lines for people: counts, then the survivors in their two groups, those that tests
// could tell first, each with a case that would, ready to paste under `cases:`.
std::vector<std::string> MutationText(const v1::RuleTestReport& report);

}  // namespace gavel::rules
