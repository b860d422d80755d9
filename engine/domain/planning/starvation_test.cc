// The starvation bound: while a spec stays eligible it is on an agenda within 4 + b held
// occurrences, b being the specs queued before it that had never been on one when it was queued.
//
// Histories of meetings are played against it: bursts of arrivals, releases that bring everything
// back, carry-over, urgent grants to newcomers, absences, cancelled meetings. How much of each is
// drawn for every history, from none to always; one pattern is the worst there is.
#include <algorithm>
#include <map>
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

constexpr int kHistories = 250;
constexpr int kWorstHistories = 50;
constexpr int kMeetings = 30;

// What the world does, in percent where it is not a number.
struct Pattern {
  int burst = 10;           // Of the weeks bring 7 to 16 specs,
  int arrivals = 2;         // the others up to so many.
  int always_eligible = 70;
  int absence = 40;         // Of the others at each meeting.
  int urgent_newcomer = 0;  // The newest spec is urgent; else anybody may be.
  int urgent = 15;
  int decided = 55;         // Of the specs on a held agenda; the others come back,
  int carried_over = 50;    // as carry-over.
  int cancelled = 10;
  int large = 30;           // Specs that fill a meeting alone.
  int clustered = 20;
  int max_specs = 3;
};

// None, some or all of everything.
Pattern RandomPattern(Dice& dice) {
  const auto share = [&] {
    constexpr int kShares[] = {0, 15, 50, 85, 100};
    return kShares[dice.Roll(5)];
  };
  Pattern pattern;
  pattern.burst = dice.Roll(15);
  pattern.arrivals = 1 + dice.Roll(2);
  pattern.always_eligible = 100 - dice.Roll(60);
  pattern.absence = share();
  pattern.urgent_newcomer = share();
  pattern.urgent = share();
  pattern.decided = share();
  pattern.carried_over = share();
  pattern.cancelled = dice.Roll(40);
  pattern.large = share();
  pattern.clustered = share() / 2;
  pattern.max_specs = 1 + dice.Roll(3);
  return pattern;
}

// Every spec takes a whole meeting, every meeting has an urgent newcomer, and nothing that was on
// an agenda ever leaves: it is carried over and keeps its age.
Pattern WorstPattern() {
  return {.burst = 5, .arrivals = 1, .always_eligible = 100, .absence = 0, .urgent_newcomer = 100,
          .urgent = 0, .decided = 0, .carried_over = 100, .cancelled = 0, .large = 100,
          .clustered = 0, .max_specs = 3};
}

// What a planner with a defect would not see. Proves that these histories can tell.
struct Blindness {
  bool pass_overs = false;
  bool agendas = false;
  int overdue_after = 3;
};

struct Waiting {
  QueueItem item;
  bool always_eligible = false;  // Only such a spec has the promise.
  int bound = 0;                 // 4 + b.
  int held = 0;                  // Held occurrences since it was queued.
};

struct Outcome {
  int served = 0;  // Specs with the promise that got their first agenda.
  int broken = 0;  // Specs that waited longer than their bound.
  int tight = 0;   // Specs served exactly at their bound.
  int longest_wait = 0;
};

class History {
 public:
  History(std::uint64_t seed, const Pattern& pattern, const Blindness& blindness)
      : dice_(seed), pattern_(pattern), blindness_(blindness) {}

  Outcome Run() {
    for (int meeting = 0; meeting < kMeetings; ++meeting) {
      const bool burst = dice_.Chance(pattern_.burst);
      Arrive(burst ? 7 + dice_.Roll(10) : dice_.Roll(pattern_.arrivals + 1));
      if (pattern_.urgent_newcomer == 100) Arrive(1);
      Meet(meeting);
    }
    return outcome_;
  }

 private:
  void Arrive(int count) {
    for (int arrival = 0; arrival < count; ++arrival) {
      Waiting waiting;
      waiting.item.key = fmt::format("A-{:04}", ++last_number_);
      waiting.item.queued_since = CutOff(Berlin()) + absl::Seconds(last_number_);
      waiting.item.major_revision_time = CutOff(Berlin()) - absl::Hours(24 * 30);
      waiting.item.words = 500 + dice_.Roll(8'500);
      waiting.item.open_decisions = dice_.Chance(pattern_.large) ? 7 : dice_.Roll(6);
      waiting.item.open_blocks = dice_.Roll(3);
      // The younger, the higher its score: order by score works against those who wait.
      waiting.item.dependents = last_number_;
      waiting.item.team_items_last_four = dice_.Roll(4);
      if (dice_.Chance(pattern_.clustered)) waiting.item.cluster = "same system: uploads";
      waiting.always_eligible = dice_.Chance(pattern_.always_eligible);
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
    input.meeting.max_specs = pattern_.max_specs;
    input.meeting.order.overdue_after = blindness_.overdue_after;
    input.now = CutOff(Berlin()) + absl::Hours(24 * 7 * meeting);
    input.reservation = reservation_;
    for (Waiting& waiting : queue_) {
      waiting.item.presenter_available =
          waiting.always_eligible || !dice_.Chance(pattern_.absence);
      waiting.item.urgent = dice_.Chance(pattern_.urgent);
    }
    if (!queue_.empty() && dice_.Chance(pattern_.urgent_newcomer)) MakeNewestUrgent();
    for (const Waiting& waiting : queue_) {
      QueueItem& item = input.queue.emplace_back(waiting.item);
      if (blindness_.pass_overs) item.passed_over = 0;
      if (blindness_.agendas) item.times_on_agenda = 0;
    }
    const AgendaPlan plan = PlanMeeting(input, Berlin());
    const bool cancelled = dice_.Chance(pattern_.cancelled);
    if (!cancelled) reservation_ = plan.reservation;
    Record(plan, cancelled);
  }

  void MakeNewestUrgent() {
    for (Waiting& waiting : queue_) waiting.item.urgent = false;
    queue_.back().item.urgent = true;
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
      if (!cancelled && dice_.Chance(pattern_.decided)) return true;
      waiting.item.carried_over = dice_.Chance(pattern_.carried_over);
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

  Dice dice_;
  const Pattern pattern_;
  const Blindness blindness_;
  std::vector<Waiting> queue_;  // By arrival.
  std::string reservation_;
  int last_number_ = 0;
  Outcome outcome_;
};

void Add(const Outcome& outcome, Outcome& total) {
  total.served += outcome.served;
  total.broken += outcome.broken;
  total.tight += outcome.tight;
  total.longest_wait = std::max(total.longest_wait, outcome.longest_wait);
}

Outcome RunRandomHistories() {
  Dice dice(412);
  Outcome total;
  for (int history = 0; history < kHistories; ++history) {
    const Pattern pattern = RandomPattern(dice);
    Add(History(dice.engine()(), pattern, {}).Run(), total);
  }
  return total;
}

Outcome RunWorstHistories(const Blindness& blindness) {
  Outcome total;
  for (std::uint64_t seed = 1; seed <= kWorstHistories; ++seed) {
    Add(History(seed, WorstPattern(), blindness).Run(), total);
  }
  return total;
}

void Print(const char* name, const Outcome& outcome) {
  fmt::print("{}: served={} broken={} at_the_bound={} longest_wait={}\n", name, outcome.served,
             outcome.broken, outcome.tight, outcome.longest_wait);
}

TEST(StarvationTest, NoEligibleSpecWaitsLongerThanItsBoundWhateverThePattern) {
  const Outcome outcome = RunRandomHistories();
  Print("random", outcome);
  EXPECT_EQ(outcome.broken, 0);
  EXPECT_GT(outcome.served, 2'000);
}

TEST(StarvationTest, TheWorstPatternReachesTheBoundAndNeverPassesIt) {
  const Outcome outcome = RunWorstHistories({});
  Print("worst", outcome);
  EXPECT_EQ(outcome.broken, 0);
  EXPECT_GT(outcome.tight, 10);
}

TEST(StarvationTest, APlannerThatSeesNoPassOversBreaksTheBound) {
  EXPECT_GT(RunWorstHistories({.pass_overs = true}).broken, 0);
}

TEST(StarvationTest, APlannerThatForgetsPastAgendasBreaksTheBound) {
  EXPECT_GT(RunWorstHistories({.agendas = true}).broken, 0);
}

TEST(StarvationTest, BeingOverdueOneMeetingLaterBreaksTheBound) {
  EXPECT_GT(RunWorstHistories({.overdue_after = 4}).broken, 0);
}

}  // namespace
}  // namespace gavel
