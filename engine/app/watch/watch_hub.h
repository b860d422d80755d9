// Wakes watchers when the log has moved. It carries no events: a watcher that wakes reads what it
// needs from the log itself, so a slow one costs nothing here, and nobody sees what is not durable.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <thread>
#include <vector>

#include "absl/time/time.h"

namespace gavel::app {

// Thread-safe. Wakes in O(watchers).
class WatchHub {
 public:
  enum class Wake {
    kLogMoved,
    kTimeout,
    kStopping,
  };
  using Callback = std::function<void(Wake)>;

  // `head_seq`: the newest durable event.
  explicit WatchHub(int64_t head_seq);
  ~WatchHub();  // As Stop().
  WatchHub(const WatchHub&) = delete;
  WatchHub& operator=(const WatchHub&) = delete;

  // The log is durable up to `head_seq`. Never waits for a watcher.
  void Publish(int64_t head_seq);

  // Calls `callback` once: when the log holds an event after `after_seq`, when `timeout` has
  // passed, or when the hub stops. On the hub's thread, or before this returns where there is
  // nothing to wait for; so it must not block.
  void WaitForLog(int64_t after_seq, absl::Duration timeout, Callback callback);

  // The same without an event: a timer that the hub's stop cuts short.
  void WaitForTime(absl::Duration timeout, Callback callback);

  // Wakes everybody with kStopping, now and from now on. Idempotent.
  void Stop();
  bool stopping() const;

 private:
  using Instant = std::chrono::steady_clock::time_point;
  struct Waiter {
    int64_t after_seq;
    Callback callback;
  };
  struct Due {
    Wake wake;
    Callback callback;
  };

  void Run();
  std::vector<Due> TakeDue(Instant now);

  mutable std::mutex mutex_;
  std::condition_variable wake_;
  // Guarded by mutex_.
  std::multimap<Instant, Waiter> waiters_;  // By the time their patience ends.
  int64_t head_seq_;
  bool changed_ = false;  // Something the thread has not looked at yet.
  bool stopping_ = false;

  std::thread thread_;  // Last: starts when everything above exists.
};

}  // namespace gavel::app
