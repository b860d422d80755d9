// A thread that does one job after the other, for what would make an editor wait.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace gavel::cli {

class JobThread {
 public:
  JobThread() : thread_([this](std::stop_token stop) { Work(stop); }) {}
  // Waits for the job under way; what has not begun is left undone.
  ~JobThread() = default;

  // Thread-safe.
  void Post(std::function<void()> job) {
    {
      const std::scoped_lock lock(mutex_);
      jobs_.push_back(std::move(job));
    }
    changed_.notify_one();
  }

 private:
  void Work(const std::stop_token& stop) {
    while (true) {
      std::function<void()> job;
      {
        std::unique_lock lock(mutex_);
        if (!changed_.wait(lock, stop, [this] { return !jobs_.empty(); })) return;
        if (stop.stop_requested()) return;
        job = std::move(jobs_.front());
        jobs_.pop_front();
      }
      job();
    }
  }

  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::deque<std::function<void()>> jobs_;
  std::jthread thread_;  // The last member: it uses the others.
};

}  // namespace gavel::cli
