// When to try a failed message again.
#pragma once

#include <functional>
#include <optional>

#include "absl/time/time.h"

namespace gavel::chat {

// A number in [-1, 1], anew at each call.
using Jitter = std::function<double()>;

// A card edit that fails for so long is dropped: a later edit replaces it. Nothing else ever is.
inline constexpr absl::Duration kGiveUpEditAfter = absl::Hours(24);

// The pause after the `failures`-th failure in a row (from 1): 1 s, 5 s, 30 s, 2 min, 10 min, then
// 1 h for ever, each ±20 % by `jitter`; longer where the service asked for longer.
absl::Duration RetryPause(int failures, std::optional<absl::Duration> asked_for,
                          const Jitter& jitter);

}  // namespace gavel::chat
