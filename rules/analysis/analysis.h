// What a policy says about every spec there could be: exact over boxes of facts, never by sampling.
//
// "Every spec" is every value that `FactTable` tells apart: any data class with any system, any set
// of dependencies, cataloged or not, each fact known or unknown, on the day asked about and with a
// clear history. Titles are the one exception: a pattern that `flag` rules match titles with counts
// as a question of its own, so that no rule is called impossible that is not.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "gavel/v1/analysis.pb.h"
#include "gavel/v1/date.pb.h"
#include "gavel/v1/facts.pb.h"
#include "gavel/v1/policy.pb.h"
#include "rules/policy.h"

namespace gavel::rules {

// Boxes that one rule's condition may become.
inline constexpr size_t kMaxBoxesPerRule = 256;

// Notes, warnings and errors beyond what the compiler checks, about every rule that is not retired:
// R010 to R014 and R018 to R020, and GV509 where the rules are too complex to be analysed. Sorted
// by file, line and code.
std::vector<v1::PolicyProblem> AnalysePolicy(const Policy& policy, const v1::Date& as_of);

// What two policies approve: the kinds of specs (boxes) that only one of them does, each with an
// example. Where the policies read a name differently (an alias moved), the example's `written` is
// what counts. `open_envelopes` is left 0.
//
// Errors: INVALID_ARGUMENT `POLICY_INVALID` where the rules are too complex; the limit is in the
// message.
absl::StatusOr<v1::PolicyDiff> DiffPolicies(const Policy& base, const Policy& candidate,
                                            const v1::Date& as_of);

// A spec on which giving rule `rule` (an index in `policy.rules()`) the condition `mutant` changes
// whether the rule fires and counts: for an auto rule in force whether it approves, for any other
// whether it fires. Nothing: no spec can tell the two apart. A draft or retired rule is never
// evaluated, so there none can.
//
// Errors: as DiffPolicies.
absl::StatusOr<std::optional<v1::ExampleSpec>> Distinguish(const Policy& policy, size_t rule,
                                                           const Program& mutant,
                                                           const v1::Date& as_of);

// The facts in the words of rule tests, one `field: value` a line, ready to paste under `set:`.
// What is missing is left out, and so is the title, which tests cannot set; what is wrong or stated
// unknown is `unknown`.
std::vector<std::string> ExampleLines(const v1::Facts& facts, const Policy& policy);

}  // namespace gavel::rules
