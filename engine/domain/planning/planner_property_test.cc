// Properties of one plan, over random queues.
#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "engine/domain/planning/planner.h"
#include "engine/domain/planning/planning_testing.h"
#include "engine/domain/planning/weight.h"

namespace gavel {
namespace {

using planning_test::Berlin;
using planning_test::CutOff;
using planning_test::Dice;
using planning_test::Item;
using planning_test::kMeetingDay;

constexpr int kQueues = 20'000;

// Skewed towards the edges: many specs of the same age, full packets, few reviewers.
QueueItem RandomItem(Dice& dice, int number) {
  QueueItem item = Item(fmt::format("A-{}", number), dice.Roll(60));
  item.words = dice.Chance(20) ? dice.Roll(12'000) : dice.Roll(4'000);
  item.open_decisions = dice.Roll(6);
  item.open_blocks = dice.Roll(3);
  item.gates_involved = 1 + dice.Roll(3);
  item.consent_ready = dice.Chance(30);
  if (dice.Chance(15)) item.cluster = dice.Chance(50) ? "uploads" : "billing";
  item.major_revision_time = CutOff(Berlin()) - absl::Hours(dice.Roll(24 * 12));
  if (dice.Chance(15)) item.not_before = kMeetingDay + (dice.Roll(14) - 7);
  item.presenter_available = !dice.Chance(10);
  item.reviewers_required = dice.Roll(5);
  item.reviewers_available = dice.Roll(item.reviewers_required + 1);
  item.own_session_only = dice.Chance(3);
  item.passed_over = dice.Roll(6);
  item.times_on_agenda = dice.Roll(3);
  item.carried_over = dice.Chance(15);
  item.urgent = dice.Chance(10);
  item.dependents = dice.Roll(4);
  item.releases_not_authors_fault = dice.Roll(3);
  item.team_items_last_four = dice.Roll(5);
  return item;
}

PlanInput RandomInput(Dice& dice) {
  PlanInput input;
  input.meeting.day = kMeetingDay;
  input.meeting.usable_minutes = dice.Chance(70) ? 50 : 15 + dice.Roll(100);
  input.meeting.max_specs = 1 + dice.Roll(3);
  input.meeting.quick_items = dice.Chance(50) ? 0 : dice.Roll(6);
  input.now = CutOff(Berlin());
  const int size = dice.Roll(20);
  for (int number = 1; number <= size; ++number) {
    input.queue.push_back(RandomItem(dice, number));
  }
  if (size > 0 && dice.Chance(50)) input.reservation = fmt::format("A-{}", 1 + dice.Roll(size));
  return input;
}

// One random plan with what the properties ask about.
struct Sample {
  explicit Sample(PlanInput random, const BusinessCalendar& calendar)
      : input(std::move(random)), plan(PlanMeeting(input, calendar)) {
    for (const QueueItem& item : input.queue) {
      items[item.key] = &item;
      if (CheckEligible(item, input.meeting, calendar, input.now).eligible()) {
        eligible.insert(item.key);
      }
    }
  }

  PlanInput input;
  AgendaPlan plan;
  std::map<std::string, const QueueItem*> items;
  std::set<std::string> eligible;
};

void ForEachQueue(const std::function<void(const Sample&)>& check) {
  const BusinessCalendar& calendar = Berlin();
  Dice dice(20261126);
  for (int queue = 0; queue < kQueues && !testing::Test::HasFailure(); ++queue) {
    SCOPED_TRACE(fmt::format("queue {}", queue));
    check(Sample(RandomInput(dice), calendar));
  }
}

std::string Describe(const AgendaPlan& plan) {
  std::string text;
  for (const Pick& pick : plan.picks) {
    text += fmt::format("pick {} class {} slot {} minutes {} quick {}\n", pick.key,
                        static_cast<int>(pick.order_class), pick.placement.place,
                        pick.placement.minutes, pick.placement.quick);
  }
  for (const NotPicked& rest : plan.not_picked) {
    text += fmt::format("rest {} {} {}\n", rest.key, rest.passed_over, rest.reason);
  }
  for (const std::string& key : plan.extra_session) text += fmt::format("extra {}\n", key);
  for (const std::string& key : plan.own_session) text += fmt::format("own {}\n", key);
  return text + fmt::format("stand-by {} reservation {} minutes {} of {} requested {} words {}\n",
                            plan.stand_by.value_or("none"), plan.reservation, plan.agenda_minutes,
                            plan.usable_minutes, plan.requested_minutes, plan.words);
}

TEST(PlannerPropertyTest, HardStopsHold) {
  ForEachQueue([](const Sample& sample) {
    int specs = 0;
    int quick = 0;
    int words = 0;
    std::map<int, std::vector<int>> slots;
    for (const Pick& pick : sample.plan.picks) {
      const QueueItem& item = *sample.items.at(pick.key);
      words += item.words;
      if (pick.placement.quick) {
        ++quick;
      } else {
        ++specs;
        slots[pick.placement.place].push_back(TimeboxMinutes(item));
      }
    }
    if (sample.plan.stand_by) words += sample.items.at(*sample.plan.stand_by)->words;
    int minutes = quick;
    for (const auto& [slot, timeboxes] : slots) minutes += SharedSlotMinutes(timeboxes);
    EXPECT_LE(specs, sample.input.meeting.max_specs);
    EXPECT_LE(specs, 3);
    EXPECT_LE(quick, sample.input.meeting.quick_items);
    EXPECT_LE(minutes, sample.input.meeting.usable_minutes);
    EXPECT_LE(words, sample.input.meeting.max_words);
    EXPECT_EQ(minutes, sample.plan.agenda_minutes);
    EXPECT_EQ(words, sample.plan.words);
  });
}

TEST(PlannerPropertyTest, NobodyIneligibleIsPickedAndSomebodyEligibleAlwaysIs) {
  ForEachQueue([](const Sample& sample) {
    for (const Pick& pick : sample.plan.picks) EXPECT_TRUE(sample.eligible.contains(pick.key));
    EXPECT_TRUE(!sample.plan.stand_by || sample.eligible.contains(*sample.plan.stand_by));
    EXPECT_EQ(sample.plan.picks.empty(), sample.eligible.empty());
  });
}

TEST(PlannerPropertyTest, EverySpecIsPickedOnceOrToldWhyNot) {
  ForEachQueue([](const Sample& sample) {
    std::set<std::string> seen;
    for (const Pick& pick : sample.plan.picks) EXPECT_TRUE(seen.insert(pick.key).second);
    EXPECT_TRUE(!sample.plan.stand_by || !seen.contains(*sample.plan.stand_by));
    for (const NotPicked& rest : sample.plan.not_picked) {
      EXPECT_TRUE(seen.insert(rest.key).second);
      EXPECT_FALSE(rest.reason.empty());
      EXPECT_EQ(rest.passed_over, sample.eligible.contains(rest.key));
      EXPECT_EQ(rest.fault.has_value(), !rest.passed_over);
    }
    EXPECT_EQ(seen.size(), sample.items.size());
  });
}

TEST(PlannerPropertyTest, OrderOfTheInputDoesNotMatter) {
  const BusinessCalendar& calendar = Berlin();
  Dice dice(7);
  ForEachQueue([&](const Sample& sample) {
    PlanInput shuffled = sample.input;
    std::shuffle(shuffled.queue.begin(), shuffled.queue.end(), dice.engine());
    EXPECT_EQ(Describe(PlanMeeting(shuffled, calendar)), Describe(sample.plan));
  });
}

TEST(PlannerPropertyTest, ReservationIsRespected) {
  ForEachQueue([](const Sample& sample) {
    const std::string& reserved = sample.input.reservation;
    if (!sample.eligible.contains(reserved)) return;
    bool picked = false;
    bool outranked = false;
    for (const Pick& pick : sample.plan.picks) {
      picked |= pick.key == reserved;
      outranked |= pick.order_class < OrderClass::kReserved;
    }
    // Only overdue and urgent specs may take the room it was promised.
    EXPECT_TRUE(picked || outranked);
  });
}

TEST(PlannerPropertyTest, TheNextReservationIsTheFirstThatDidNotFit) {
  const BusinessCalendar& calendar = Berlin();
  ForEachQueue([&](const Sample& sample) {
    std::vector<const QueueItem*> eligible;
    for (const std::string& key : sample.eligible) eligible.push_back(sample.items.at(key));
    RankContext context;
    context.reserved = sample.input.reservation;
    context.usable_minutes = sample.input.meeting.usable_minutes;
    std::vector<Pick> picks = sample.plan.picks;
    std::string first_left_out;
    for (const RankedItem& ranked : Rank(eligible, context, calendar, sample.input.now)) {
      if (!picks.empty() && picks.front().key == ranked.item->key) {
        picks.erase(picks.begin());
      } else if (first_left_out.empty()) {
        first_left_out = ranked.item->key;
      }
    }
    EXPECT_TRUE(picks.empty()) << "the picks are not in the order of the rank";
    EXPECT_EQ(sample.plan.reservation, first_left_out);
  });
}

}  // namespace
}  // namespace gavel
