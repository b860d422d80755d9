// The only source of time in the service. The core never sees it: it gets `now` as a value.
#pragma once

#include <mutex>

#include "absl/time/clock.h"
#include "absl/time/time.h"

namespace gavel {

// Thread-safe.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual absl::Time Now() const = 0;
};

class SystemClock final : public Clock {
 public:
  absl::Time Now() const override { return absl::Now(); }
};

// A clock that stands still until it is set: `gaveld --dev` and the tests.
class SettableClock final : public Clock {
 public:
  explicit SettableClock(absl::Time start) : now_(start) {}

  absl::Time Now() const override {
    std::lock_guard lock(mutex_);
    return now_;
  }

  // Moves forward only; an earlier time is ignored, since the log's time never goes back.
  void SetTime(absl::Time time) {
    std::lock_guard lock(mutex_);
    if (time > now_) now_ = time;
  }

 private:
  mutable std::mutex mutex_;
  absl::Time now_;
};

}  // namespace gavel
