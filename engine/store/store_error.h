// The errors of a store, one function each, so that every back end answers alike.
#pragma once

#include <string_view>

#include "absl/status/status.h"

namespace gavel::store {

// UNAVAILABLE `OUTCOME_UNKNOWN`: the group may or may not be durable. The process must stop (exit
// 70) and learn the truth by opening the store again.
absl::Status OutcomeUnknown(std::string_view detail);
bool IsOutcomeUnknown(const absl::Status& status);

// RESOURCE_EXHAUSTED `DISK_FULL`: nothing was written; the store stays usable.
absl::Status DiskFull(std::string_view detail);

// DATA_LOSS `STORE_CORRUPT`: stored bytes are not what was written. Never repaired by itself.
absl::Status StoreCorrupt(std::string_view detail);
bool IsStoreCorrupt(const absl::Status& status);

// UNAVAILABLE `STORE_UNAVAILABLE`: the database could not be read, or nothing was written; retry.
absl::Status StoreUnavailable(std::string_view detail);

// INTERNAL `INTERNAL`: the caller broke the contract of store.h. Nothing was written.
absl::Status StoreMisuse(std::string_view detail);

}  // namespace gavel::store
