// Pauses between attempts: doubling, capped, with jitter so that many clients do not return at
// once.
#pragma once

#include <algorithm>
#include <random>

#include "absl/time/time.h"

namespace gavel::client {

class Backoff {
 public:
  explicit Backoff(absl::Duration first = absl::Milliseconds(100),
                   absl::Duration cap = absl::Seconds(5))
      : first_(first), cap_(cap), next_(first) {}

  // The pause before the next attempt: half to all of 0.1 s, 0.2 s, 0.4 s … 5 s by default.
  absl::Duration Next() {
    const absl::Duration pause = next_ * std::uniform_real_distribution<>(0.5, 1.0)(random_);
    next_ = std::min(next_ * 2, cap_);
    return pause;
  }

  // Call after a success.
  void Reset() { next_ = first_; }

 private:
  const absl::Duration first_;
  const absl::Duration cap_;
  absl::Duration next_;
  std::minstd_rand random_{std::random_device{}()};
};

}  // namespace gavel::client
