// The starvation bound: while a spec stays eligible it is on an agenda within 4 + b held
// occurrences, b being the specs queued before it that had never been on one. Simulated with
// bursts of arrivals, releases, carry-over, urgency, absences and cancelled meetings.
#include <algorithm>
#include <set>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "engine/domain/planning/planner.h"
#include "engine/domain/planning/planning_testing.h"

namespace gavel {
namespace {

using planning_test::Berlin;
using planning_test::CutOff;
using planning_test::Dice;
using planning_test::kMeetingDay;

constexpr int kHistories = 400;
constexpr int kMeetings = 40;

struct Waiting {
  QueueItem item;
  bool always_eligible = false;  // Only such a spec has the promise.
  int bound = 0;                 // 4 + b.
  int held = 0;                  // Held occurrences since it was queued.
};

struct Outcome {
  int served = 0;      // Specs with the promise that got their first agenda.
  int broken = 0;      // Specs that waited longer than their bound.
  int tight = 0;       // Specs served exactly at their bound.
  int longest_wait = 0;
};

class History {
 public:
  // A planner that sees no pass-overs serves to prove that the simulation can fail.
  History(std::uint64_t seed, bool planner_sees_pass_overs)
      : dice_(seed), sees_pass_overs_(planner_sees_pass_overs) {}

  Outcome Run() {
    for (int meeting = 0; meeting < kMeetings; ++meeting) {
      Arrive(dice_.Chance(10) ? 7 + dice_.Roll(10) : dice_.Roll(3));
      Meet(meeting);
    }
    return outcome_;
  }

 private:
  void Arrive(int count) {
    for (int arrival = 0; arrival < count; ++arrival) {
      Waiting waiting;
      waiting.item.key = fmt::format("A-{}", ++last_number_);
      waiting.item.queued_since = CutOff(Berlin()) + absl::Seconds(last_number_);
      waiting.item.major_revision_time = CutOff(Berlin()) - absl::Hours(24 * 30);
      waiting.item.words = 500 + dice_.Roll(8'500);
      waiting.item.open_decisions = dice_.Roll(6);
      waiting.item.open_blocks = dice_.Roll(3);
      waiting.item.dependents = dice_.Roll(6);
      waiting.item.team_items_last_four = dice_.Roll(4);
      waiting.always_eligible = dice_.Chance(70);
      waiting.bound = 4 + static_cast<int>(std::count_if(
                              queue_.begin(), queue_.end(), [](const Waiting& other) {
                                return other.item.times_on_agenda == 0;
                              }));
      queue_.push_back(waiting);
    }
  }

  void Meet(int meeting) {
    PlanInput input;
    input.meeting.day = kMeetingDay + 7 * meeting;
    input.now = CutOff(Berlin()) + absl::Hours(24 * 7 * meeting);
    input.reservation = reservation_;
    for (Waiting& waiting : queue_) {
      waiting.item.presenter_available = waiting.always_eligible || dice_.Chance(60);
      waiting.item.urgent = dice_.Chance(15);
      input.queue.push_back(waiting.item);
      if (!sees_pass_overs_) input.queue.back().passed_over = 0;
    }
    const AgendaPlan plan = PlanMeeting(input, calendar_);
    const bool cancelled = dice_.Chance(10);
    if (!cancelled) reservation_ = plan.reservation;
    Record(plan, cancelled);
  }

  void Record(const AgendaPlan& plan, bool cancelled) {
    std::set<std::string> picked;
    std::set<std::string> passed_over;
    for (const Pick& pick : plan.picks) picked.insert(pick.key);
    for (const NotPicked& rest : plan.not_picked) {
      if (rest.passed_over) passed_over.insert(rest.key);
    }
    for (Waiting& waiting : queue_) {
      if (!cancelled) Count(waiting, picked.contains(waiting.item.key));
      waiting.item.carried_over = false;
      if (passed_over.contains(waiting.item.key) && !cancelled) ++waiting.item.passed_over;
      if (picked.contains(waiting.item.key)) ++waiting.item.times_on_agenda;
    }
    // Decided specs leave; released ones, and all of a cancelled meeting, keep their queue age.
    std::erase_if(queue_, [&](Waiting& waiting) {
      if (!picked.contains(waiting.item.key)) return false;
      if (!cancelled && dice_.Chance(55)) return true;
      waiting.item.carried_over = dice_.Chance(50);
      return false;
    });
  }

  void Count(Waiting& waiting, bool picked) {
    if (!waiting.always_eligible || waiting.item.times_on_agenda > 0) return;
    ++waiting.held;
    outcome_.longest_wait = std::max(outcome_.longest_wait, waiting.held);
    if (picked) {
      ++outcome_.served;
      outcome_.tight += waiting.held == waiting.bound ? 1 : 0;
    } else if (waiting.held == waiting.bound) {
      ++outcome_.broken;
    }
  }

  const BusinessCalendar& calendar_ = Berlin();
  Dice dice_;
  const bool sees_pass_overs_;
  std::vector<Waiting> queue_;
  std::string reservation_;
  int last_number_ = 0;
  Outcome outcome_;
};

Outcome RunHistories(bool planner_sees_pass_overs) {
  Outcome total;
  for (int seed = 1; seed <= kHistories; ++seed) {
    const Outcome outcome =
        History(static_cast<std::uint64_t>(seed), planner_sees_pass_overs).Run();
    total.served += outcome.served;
    total.broken += outcome.broken;
    total.tight += outcome.tight;
    total.longest_wait = std::max(total.longest_wait, outcome.longest_wait);
  }
  fmt::print("histories={} served={} broken={} at_the_bound={} longest_wait={}\n", kHistories,
             total.served, total.broken, total.tight, total.longest_wait);
  return total;
}

TEST(StarvationTest, NoEligibleSpecWaitsLongerThanItsBound) {
  const Outcome outcome = RunHistories(true);
  EXPECT_EQ(outcome.broken, 0);
  EXPECT_GT(outcome.served, 5'000);
}

TEST(StarvationTest, ThePlannerBreaksTheBoundWithoutTheOverdueClass) {
  EXPECT_GT(RunHistories(false).broken, 0);
}

}  // namespace
}  // namespace gavel
