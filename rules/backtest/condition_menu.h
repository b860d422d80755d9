// The conditions that a mined rule may be made of, and which reviews meet each of them.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "gavel/v1/backtest.pb.h"
#include "rules/backtest/bits.h"
#include "rules/policy.h"

namespace gavel::rules {

struct Choice {
  std::string yaml;  // `deps.storage: {only_in: "@standard", or_none: true}`; empty: no condition.
  Bits covers{};     // Reviews for which it is certain.
};

// What one field may be asked for. The last choice is not to ask.
struct Dimension {
  bool guard = false;  // One of the fields that an auto rule has to look at (R017).
  std::vector<Choice> choices;
};

// Sets from the catalog, values from the organisation, thresholds at observed quantiles. Each test
// is compiled as a rule of `policy` and evaluated like any other: there is no second meaning of a
// condition, and what is suggested compiles. O(cases × choices).
//
// Errors: those of CompilePolicy, where the policy's organisation or catalog does not stand alone.
absl::StatusOr<std::vector<Dimension>> MakeMenu(const Policy& policy,
                                                const std::vector<const v1::ReviewCase*>& cases);

}  // namespace gavel::rules
