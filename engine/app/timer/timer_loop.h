// Makes timers fire when they are due by the real clock. Fires nothing by itself: that is a command
// like any other, given in as a function.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "engine/base/clock.h"

namespace gavel::app {

// Thread-safe.
class TimerLoop {
 public:
  struct Options {
    // Fires everything due at the given time; with the brake on it may refuse (timer_source.h).
    std::function<absl::StatusOr<int>(absl::Time now, bool brake)> fire;
    // The earliest due time, or nothing.
    std::function<absl::StatusOr<std::optional<absl::Time>>()> next_due;
    // Off: the operator has decided that everything due may fire at once, this time.
    bool brake = true;
    // How far the wall clock may run ahead of the monotonic one before timers stop until a restart:
    // a wrong clock must not end every review (durability.md 2.8).
    absl::Duration jump_max = absl::Hours(1);
  };

  // `clock` must outlive the loop.
  TimerLoop(const Clock& clock, Options options);
  ~TimerLoop();  // As Stop().
  TimerLoop(const TimerLoop&) = delete;
  TimerLoop& operator=(const TimerLoop&) = delete;

  void Start();

  // Something was committed, so the earliest due time may have changed. Never blocks.
  void LogMoved();

  // Returns once a firing under way is done. Idempotent.
  void Stop();

 private:
  void Run();
  absl::Duration Tick();
  bool ClockJumped();
  absl::Duration Fire(absl::Time now);

  const Clock& clock_;
  const Options options_;

  // The loop thread's own.
  bool brake_;
  bool jumped_ = false;
  absl::Duration lead_;  // Wall clock ahead of the monotonic one, at the start.

  std::mutex mutex_;
  std::condition_variable wake_;
  // Guarded by mutex_.
  bool moved_ = false;
  bool stopping_ = false;

  std::thread thread_;
};

}  // namespace gavel::app
