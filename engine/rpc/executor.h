// A bounded pool of threads: a store call may block, a gRPC callback thread must not.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace gavel::rpc {

// Thread-safe. First in, first out.
class Executor {
 public:
  struct Options {
    int threads = 1;
    size_t queue_max = 1024;  // Tasks that may wait for a thread.
  };

  explicit Executor(const Options& options);
  ~Executor();  // As Stop().
  Executor(const Executor&) = delete;
  Executor& operator=(const Executor&) = delete;

  // False, and `task` never runs, where the queue is full or the executor has stopped.
  [[nodiscard]] bool Post(std::function<void()> task);

  // Runs what waits, then returns. Idempotent.
  void Stop();

 private:
  void Run();

  const size_t queue_max_;
  std::mutex mutex_;
  std::condition_variable wake_;
  // Guarded by mutex_.
  std::deque<std::function<void()>> queue_;
  bool stopping_ = false;

  std::vector<std::thread> threads_;
};

}  // namespace gavel::rpc
