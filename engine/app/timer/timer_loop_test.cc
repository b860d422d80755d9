#include "engine/app/timer/timer_loop.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>

#include "engine/base/error.h"

namespace gavel::app {
namespace {

constexpr absl::Time kStart = absl::FromUnixSeconds(1'800'000'000);

// One timer, and what the loop does with it.
class TimerLoopTest : public ::testing::Test {
 protected:
  TimerLoop::Options Options() {
    return {.fire = [this](absl::Time now, bool brake) -> absl::StatusOr<int> {
              std::lock_guard lock(mutex_);
              if (refuse_with_brake_ && brake) {
                refused_.set_value();
                return MakeError(absl::StatusCode::kFailedPrecondition, "TIMER_BRAKE", "Too many.");
              }
              due_.reset();
              fired_.set_value(now);
              return 1;
            },
            .next_due = [this]() -> absl::StatusOr<std::optional<absl::Time>> {
              std::lock_guard lock(mutex_);
              if (++reads_ == 2) read_twice_.set_value();
              return due_;
            },
            .brake = true,
            .jump_max = absl::Hours(1)};
  }

  void SetDue(absl::Time due) {
    std::lock_guard lock(mutex_);
    due_ = due;
  }

  SettableClock clock_{kStart};
  std::mutex mutex_;
  std::optional<absl::Time> due_;
  bool refuse_with_brake_ = false;
  int reads_ = 0;
  std::promise<absl::Time> fired_;
  std::promise<void> refused_;
  std::promise<void> read_twice_;
};

TEST_F(TimerLoopTest, WhatIsOverdueAtTheStartFiresAtOnce) {
  SetDue(kStart - absl::Hours(30));
  TimerLoop loop(clock_, Options());
  loop.Start();
  EXPECT_EQ(fired_.get_future().get(), kStart);
}

TEST_F(TimerLoopTest, ATimerSetLaterIsNoticedWhenTheLogMoves) {
  TimerLoop loop(clock_, Options());
  loop.Start();
  SetDue(kStart);
  loop.LogMoved();
  EXPECT_EQ(fired_.get_future().get(), kStart);
}

TEST_F(TimerLoopTest, WhatIsNotDueDoesNotFire) {
  SetDue(kStart + absl::Seconds(1));  // The clock stands still.
  auto fired = fired_.get_future();
  {
    TimerLoop loop(clock_, Options());
    loop.Start();
    auto read_twice = read_twice_.get_future();
    while (read_twice.wait_for(std::chrono::seconds(0)) != std::future_status::ready) {
      loop.LogMoved();
    }
  }
  EXPECT_EQ(fired.wait_for(std::chrono::seconds(0)), std::future_status::timeout);
}

TEST_F(TimerLoopTest, TheBrakeHoldsUntilTheOperatorReleasesIt) {
  SetDue(kStart);
  refuse_with_brake_ = true;
  auto fired = fired_.get_future();
  {
    TimerLoop loop(clock_, Options());
    loop.Start();
    refused_.get_future().wait();
  }
  EXPECT_EQ(fired.wait_for(std::chrono::seconds(0)), std::future_status::timeout);
  auto options = Options();
  options.brake = false;
  TimerLoop released(clock_, options);
  released.Start();
  EXPECT_EQ(fired.get(), kStart);
}

TEST_F(TimerLoopTest, AWallClockThatJumpsAheadStopsTheTimers) {
  TimerLoop loop(clock_, Options());
  clock_.SetTime(kStart + absl::Hours(2));
  SetDue(kStart);
  auto fired = fired_.get_future();
  loop.Start();
  for (int i = 0; i < 100; ++i) loop.LogMoved();
  loop.Stop();
  EXPECT_EQ(reads_, 0);
  EXPECT_EQ(fired.wait_for(std::chrono::seconds(0)), std::future_status::timeout);
}

}  // namespace
}  // namespace gavel::app
