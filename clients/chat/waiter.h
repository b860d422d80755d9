// Time for everything that pauses: back-off, pacing, time-outs. Tests pass a fake that never
// sleeps.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>

#include "absl/time/clock.h"
#include "absl/time/time.h"

namespace gavel::chat {

class Waiter {
 public:
  virtual ~Waiter() = default;
  virtual absl::Time Now() const = 0;
  // Blocks for `pause`; false, at once, when the bot is to stop.
  virtual bool Wait(absl::Duration pause) = 0;
  virtual bool stopped() const = 0;
};

// The wall clock; `Stop` ends every wait of every thread, for good.
class StoppableWaiter final : public Waiter {
 public:
  absl::Time Now() const override { return absl::Now(); }

  bool Wait(absl::Duration pause) override {
    std::unique_lock lock(mutex_);
    return !changed_.wait_for(lock, absl::ToChronoNanoseconds(pause), [this] { return stopped_; });
  }

  bool stopped() const override {
    std::lock_guard lock(mutex_);
    return stopped_;
  }

  void Stop() {
    {
      std::lock_guard lock(mutex_);
      stopped_ = true;
    }
    changed_.notify_all();
  }

 private:
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  bool stopped_ = false;
};

}  // namespace gavel::chat
