// Back-test reports that a publish may rest on.
#pragma once

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "engine/app/command/transaction.h"
#include "gavel/v1/backtest.pb.h"

namespace gavel::app {

// The report `id` of a back-test of exactly `source_hash`; nothing where no such back-test was
// recorded. The log decides, not the bytes: anybody may store bytes. O(events on the proposal).
absl::StatusOr<std::optional<v1::BacktestReport>> FindBacktest(const Transaction& transaction,
                                                               const std::string& source_hash,
                                                               const std::string& id);

}  // namespace gavel::app
