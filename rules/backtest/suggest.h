// What history suggests: draft rules, tiers to make standard, conditions that cost most. A machine
// never enforces: every draft is in shadow, and a person publishes it or does not.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "absl/status/statusor.h"
#include "gavel/v1/backtest.pb.h"
#include "rules/policy.h"

namespace gavel::rules {

struct SuggestOptions {
  int64_t min_support = 30;  // Reviews of the earlier slice that a draft must cover.
  int32_t today = 0;         // Days from 1970-01-01: the day of the catalog that is suggested for.
  // Told now and then how many candidate rules were looked at.
  std::function<void(int64_t)> tried = [](int64_t) {};
};

// Rules are mined from the first 70 % of `cases` by day and scored on the rest: a rule that was
// chosen because it looks good on some history is optimistic there. Only reviews count that nothing
// but the want of an auto rule sent to people. Deterministic.
//
// Errors: those of MakeMenu.
absl::StatusOr<v1::SuggestionReport> Suggest(std::shared_ptr<const Policy> live,
                                             std::vector<v1::ReviewCase> cases,
                                             const SuggestOptions& options);

}  // namespace gavel::rules
