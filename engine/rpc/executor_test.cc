#include "engine/rpc/executor.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <set>

namespace gavel::rpc {
namespace {

TEST(Executor, RunsTasksInOrderOnOneThread) {
  std::vector<int> order;
  {
    Executor executor({.threads = 1, .queue_max = 100});
    for (int i = 0; i < 50; ++i) ASSERT_TRUE(executor.Post([&order, i] { order.push_back(i); }));
  }
  ASSERT_EQ(order.size(), 50u) << "Stop runs what waits.";
  EXPECT_TRUE(std::is_sorted(order.begin(), order.end()));
}

TEST(Executor, RefusesWhatDoesNotFitIntoTheQueue) {
  Executor executor({.threads = 1, .queue_max = 2});
  std::promise<void> running;
  std::promise<void> release;
  ASSERT_TRUE(executor.Post([&, gate = release.get_future().share()] {
    running.set_value();
    gate.wait();
  }));
  running.get_future().wait();
  EXPECT_TRUE(executor.Post([] {}));
  EXPECT_TRUE(executor.Post([] {}));
  EXPECT_FALSE(executor.Post([] { FAIL() << "A refused task ran."; }));
  release.set_value();
}

TEST(Executor, BlockedTasksDoNotHoldUpOtherThreads) {
  Executor executor({.threads = 2, .queue_max = 10});
  std::promise<void> release;
  ASSERT_TRUE(executor.Post([gate = release.get_future().share()] { gate.wait(); }));
  std::promise<void> done;
  ASSERT_TRUE(executor.Post([&done] { done.set_value(); }));
  done.get_future().wait();
  release.set_value();
}

TEST(Executor, RefusesEverythingOnceStopped) {
  Executor executor({.threads = 1, .queue_max = 10});
  executor.Stop();
  EXPECT_FALSE(executor.Post([] {}));
}

}  // namespace
}  // namespace gavel::rpc
