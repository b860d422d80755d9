#include "engine/app/timer/timer_loop.h"

#include <algorithm>
#include <chrono>
#include <string>
#include <utility>

#include "engine/base/error.h"
#include "spdlog/spdlog.h"

namespace gavel::app {
namespace {

// A step of the wall clock is noticed within this time.
constexpr absl::Duration kLongestSleep = absl::Minutes(1);
constexpr absl::Duration kRetryAfter = absl::Seconds(5);

absl::Duration LeadOf(const Clock& clock) {
  const auto monotonic = std::chrono::steady_clock::now().time_since_epoch();
  return clock.Now() - absl::UnixEpoch() - absl::FromChrono(monotonic);
}

}  // namespace

TimerLoop::TimerLoop(const Clock& clock, Options options)
    : clock_(clock), options_(std::move(options)), brake_(options_.brake), lead_(LeadOf(clock)) {}

TimerLoop::~TimerLoop() { Stop(); }

void TimerLoop::Start() {
  thread_ = std::thread([this] { Run(); });
}

void TimerLoop::LogMoved() {
  {
    std::lock_guard lock(mutex_);
    moved_ = true;
  }
  wake_.notify_one();
}

void TimerLoop::Stop() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  if (thread_.joinable()) thread_.join();
}

void TimerLoop::Run() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    moved_ = false;
    lock.unlock();
    const absl::Duration sleep = Tick();
    lock.lock();
    wake_.wait_for(lock, absl::ToChronoNanoseconds(sleep), [this] { return moved_ || stopping_; });
  }
}

// Fires what is due. Returns how long nothing is expected to happen.
absl::Duration TimerLoop::Tick() {
  if (ClockJumped()) return kLongestSleep;
  const absl::Time now = clock_.Now();
  const auto due = options_.next_due();
  if (!due.ok()) {
    spdlog::warn("msg=\"cannot read timers\" error=\"{}\"", due.status().ToString());
    return kRetryAfter;
  }
  if (!due->has_value()) return kLongestSleep;
  if (**due > now) return std::min(**due - now, kLongestSleep);
  return Fire(now);
}

absl::Duration TimerLoop::Fire(absl::Time now) {
  const auto fired = options_.fire(now, brake_);
  if (fired.ok()) {
    brake_ = true;
    spdlog::info("msg=\"timers fired\" count={}", *fired);
    return absl::ZeroDuration();
  }
  if (ErrorReasonOf(fired.status()) == "TIMER_BRAKE") {
    spdlog::error(
        "msg=\"timers stand still\" reason=\"{}\" "
        "hint=\"start with --release-timer-brake once the clock is known to be right\"",
        std::string(fired.status().message()));
    return kLongestSleep;
  }
  spdlog::warn("msg=\"timers did not fire\" error=\"{}\"", fired.status().ToString());
  return kRetryAfter;
}

bool TimerLoop::ClockJumped() {
  const absl::Duration jump = LeadOf(clock_) - lead_;
  if (!jumped_ && jump > options_.jump_max) {
    jumped_ = true;
    spdlog::error("msg=\"the wall clock jumped ahead; timers stand still until a restart\" jump={}",
                  absl::FormatDuration(jump));
  }
  return jumped_;
}

}  // namespace gavel::app
