#include "engine/app/watch/watch_hub.h"

#include <gtest/gtest.h>

#include <future>
#include <memory>

namespace gavel::app {
namespace {

using Wake = WatchHub::Wake;

// A wait as a future.
std::future<Wake> Wait(WatchHub& hub, int64_t after_seq, absl::Duration timeout) {
  auto promise = std::make_shared<std::promise<Wake>>();
  auto future = promise->get_future();
  hub.WaitForLog(after_seq, timeout, [promise](Wake wake) { promise->set_value(wake); });
  return future;
}

bool IsReady(const std::future<Wake>& future) {
  return future.wait_for(std::chrono::seconds(0)) == std::future_status::ready;
}

TEST(WatchHub, WakesThoseThatThePublishedEventConcerns) {
  WatchHub hub(10);
  auto early = Wait(hub, 10, absl::InfiniteDuration());
  auto late = Wait(hub, 11, absl::InfiniteDuration());
  EXPECT_FALSE(IsReady(early));
  hub.Publish(11);
  EXPECT_EQ(early.get(), Wake::kLogMoved);
  EXPECT_FALSE(IsReady(late));
  hub.Publish(12);
  EXPECT_EQ(late.get(), Wake::kLogMoved);
}

TEST(WatchHub, AnEventPublishedBeforeTheWaitIsNotMissed) {
  WatchHub hub(10);
  hub.Publish(11);
  auto wait = Wait(hub, 10, absl::InfiniteDuration());
  ASSERT_TRUE(IsReady(wait));
  EXPECT_EQ(wait.get(), Wake::kLogMoved);
}

TEST(WatchHub, AStaleHeadDoesNotTakeTheLogBack) {
  WatchHub hub(10);
  hub.Publish(12);
  hub.Publish(11);
  EXPECT_EQ(Wait(hub, 11, absl::InfiniteDuration()).get(), Wake::kLogMoved);
}

TEST(WatchHub, PatienceEndsInItsOwnOrder) {
  WatchHub hub(10);
  auto never = Wait(hub, 10, absl::Hours(1));
  auto soon = Wait(hub, 10, absl::Milliseconds(5));
  EXPECT_EQ(soon.get(), Wake::kTimeout);
  EXPECT_FALSE(IsReady(never));
}

TEST(WatchHub, StopWakesEverybodyNowAndLater) {
  WatchHub hub(10);
  auto log = Wait(hub, 10, absl::InfiniteDuration());
  hub.Stop();
  EXPECT_EQ(log.get(), Wake::kStopping);
  EXPECT_EQ(Wait(hub, 10, absl::InfiniteDuration()).get(), Wake::kStopping);
  EXPECT_TRUE(hub.stopping());
}

TEST(WatchHub, AWaiterMayWaitAgainFromItsCallback) {
  WatchHub hub(0);
  std::promise<int64_t> done;
  int64_t seen = 0;
  std::function<void(Wake)> again = [&](Wake) {
    if (++seen == 100) return done.set_value(seen);
    hub.WaitForLog(seen, absl::InfiniteDuration(), again);
  };
  hub.WaitForLog(0, absl::InfiniteDuration(), again);
  for (int64_t seq = 1; seq <= 100; ++seq) hub.Publish(seq);
  EXPECT_EQ(done.get_future().get(), 100);
}

}  // namespace
}  // namespace gavel::app
