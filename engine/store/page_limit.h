// How many rows one reading may ask for.
#pragma once

#include "absl/status/status.h"
#include "engine/store/store_error.h"
#include "fmt/format.h"

namespace gavel::store {

inline constexpr int kMaxEntities = 1'000;  // View::Entities: their bodies are large.
inline constexpr int kMaxRows = 10'000;     // Every other list.

// INTERNAL unless 1 <= limit <= max: a page of no rows would never end a loop over pages.
inline absl::Status CheckLimit(int limit, int max) {
  if (limit >= 1 && limit <= max) return absl::OkStatus();
  return StoreMisuse(fmt::format("limit {} is not in 1 to {}", limit, max));
}

}  // namespace gavel::store
