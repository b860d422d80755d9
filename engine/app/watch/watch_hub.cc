#include "engine/app/watch/watch_hub.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace gavel::app {
namespace {

// As good as for ever, and no overflow when added to the present.
constexpr absl::Duration kForever = absl::Hours(24 * 365);

}  // namespace

WatchHub::WatchHub(int64_t head_seq) : head_seq_(head_seq), thread_([this] { Run(); }) {}

WatchHub::~WatchHub() { Stop(); }

void WatchHub::Publish(int64_t head_seq) {
  {
    std::lock_guard lock(mutex_);
    if (head_seq <= head_seq_) return;
    head_seq_ = head_seq;
    changed_ = true;
  }
  wake_.notify_one();
}

void WatchHub::WaitForLog(int64_t after_seq, absl::Duration timeout, Callback callback) {
  const Instant until =
      std::chrono::steady_clock::now() + absl::ToChronoNanoseconds(std::min(timeout, kForever));
  std::unique_lock lock(mutex_);
  if (!stopping_ && head_seq_ <= after_seq) {
    const auto waiter = waiters_.emplace(until, Waiter{after_seq, std::move(callback)});
    if (waiter != waiters_.begin()) return;  // The thread already wakes before `until`.
    changed_ = true;
    lock.unlock();
    wake_.notify_one();
    return;
  }
  const Wake wake = stopping_ ? Wake::kStopping : Wake::kLogMoved;
  lock.unlock();
  callback(wake);
}

void WatchHub::WaitForTime(absl::Duration timeout, Callback callback) {
  WaitForLog(std::numeric_limits<int64_t>::max(), timeout, std::move(callback));
}

void WatchHub::Stop() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
    changed_ = true;
  }
  wake_.notify_one();
  if (thread_.joinable()) thread_.join();
}

bool WatchHub::stopping() const {
  std::lock_guard lock(mutex_);
  return stopping_;
}

void WatchHub::Run() {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_ = false;
    const bool last = stopping_;
    const std::vector<Due> due = TakeDue(std::chrono::steady_clock::now());
    lock.unlock();
    for (const auto& [wake, callback] : due) callback(wake);
    if (last) return;
    lock.lock();
    const auto changed = [this] { return changed_; };
    if (waiters_.empty()) {
      wake_.wait(lock, changed);
    } else {
      wake_.wait_until(lock, waiters_.begin()->first, changed);
    }
  }
}

// Removes and returns every waiter whose wait is over. The caller holds mutex_.
std::vector<WatchHub::Due> WatchHub::TakeDue(Instant now) {
  std::vector<Due> due;
  for (auto it = waiters_.begin(); it != waiters_.end();) {
    const bool moved = it->second.after_seq < head_seq_;
    if (!moved && !stopping_ && it->first > now) {
      ++it;
      continue;
    }
    const Wake wake = stopping_ ? Wake::kStopping : moved ? Wake::kLogMoved : Wake::kTimeout;
    due.push_back({wake, std::move(it->second.callback)});
    it = waiters_.erase(it);
  }
  return due;
}

}  // namespace gavel::app
