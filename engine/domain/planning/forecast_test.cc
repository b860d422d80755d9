#include "engine/domain/planning/forecast.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "engine/domain/planning/planning_testing.h"

namespace gavel {
namespace {

using planning_test::Berlin;
using planning_test::InputOf;
using planning_test::Item;
using planning_test::kMeetingDay;

std::vector<LaterMeeting> Weeks(int count) {
  std::vector<LaterMeeting> meetings;
  for (int week = 1; week <= count; ++week) {
    meetings.emplace_back().terms.day = kMeetingDay + 7 * week;
  }
  return meetings;
}

// Fills a meeting alone.
QueueItem Large(const std::string& key, int days) {
  QueueItem item = Item(key, days);
  item.open_decisions = 7;
  return item;
}

TEST(ForecastTest, QueueClearsThreeAWeekInOrder) {
  std::vector<QueueItem> queue;
  for (int number = 1; number <= 7; ++number) {
    queue.push_back(Item("A-" + std::to_string(number), 60 - 5 * number));
  }
  const auto forecasts = ForecastQueue(InputOf(queue), Weeks(4), Berlin());
  EXPECT_EQ(forecasts.at("A-1").expected, 1);
  EXPECT_EQ(forecasts.at("A-3").expected, 1);
  EXPECT_EQ(forecasts.at("A-4").expected, 2);
  EXPECT_EQ(forecasts.at("A-7").expected, 3);
  EXPECT_EQ(forecasts.at("A-7").earliest, 1);
  EXPECT_EQ(forecasts.at("A-7").ahead, 6);
  EXPECT_EQ(forecasts.at("A-7").latest, 10);
}

TEST(ForecastTest, EarliestWaitsForTheAuthorsDate) {
  QueueItem item = Item("A-1");
  item.not_before = kMeetingDay + 10;
  const auto forecasts = ForecastQueue(InputOf({item}), Weeks(4), Berlin());
  EXPECT_EQ(forecasts.at("A-1").earliest, 3);
  EXPECT_EQ(forecasts.at("A-1").expected, 3);
}

TEST(ForecastTest, AbsenceOnlyCountsForTheNextMeeting) {
  QueueItem item = Item("A-1");
  item.presenter_available = false;
  EXPECT_EQ(ForecastQueue(InputOf({item}), Weeks(1), Berlin()).at("A-1").expected, 2);
}

TEST(ForecastTest, ReservationHoldsFromOneMeetingToTheNext) {
  QueueItem soon_aged = Large("A-3", 10);
  soon_aged.passed_over = 1;
  const auto forecasts = ForecastQueue(
      InputOf({Large("A-1", 30), Large("A-2", 20), soon_aged}), Weeks(2), Berlin());
  EXPECT_EQ(forecasts.at("A-1").expected, 1);
  EXPECT_EQ(forecasts.at("A-2").expected, 2);  // Reserved, which goes before aged.
  EXPECT_EQ(forecasts.at("A-3").expected, 3);
}

TEST(ForecastTest, CarryOverCountsOnce) {
  QueueItem first = Large("A-1", 5);
  QueueItem second = Large("A-2", 4);
  first.carried_over = second.carried_over = true;
  const auto forecasts = ForecastQueue(
      InputOf({first, second, Large("A-3", 30), Large("A-4", 20)}), Weeks(3), Berlin());
  EXPECT_EQ(forecasts.at("A-1").expected, 1);
  EXPECT_EQ(forecasts.at("A-3").expected, 2);
  EXPECT_EQ(forecasts.at("A-4").expected, 3);
  EXPECT_EQ(forecasts.at("A-2").expected, 4);
}

TEST(ForecastTest, OutOfSightIsSaid) {
  QueueItem book = Item("A-1");
  book.words = 20'000;
  const Forecast forecast = ForecastQueue(InputOf({book}), Weeks(8), Berlin()).at("A-1");
  EXPECT_FALSE(forecast.earliest.has_value());
  EXPECT_FALSE(forecast.expected.has_value());
}

TEST(ForecastTest, PassOversShortenTheBoundAndAnAgendaEndsIt) {
  QueueItem passed_over = Item("A-1", 9);
  passed_over.passed_over = 5;
  QueueItem returned = Item("A-2", 8);
  returned.times_on_agenda = 1;
  const auto forecasts =
      ForecastQueue(InputOf({passed_over, returned, Item("A-3", 7)}), {}, Berlin());
  EXPECT_EQ(forecasts.at("A-1").latest, 1);
  EXPECT_FALSE(forecasts.at("A-2").latest.has_value());
  EXPECT_EQ(forecasts.at("A-3").ahead, 1);  // Only A-1: A-2 had its agenda.
  EXPECT_EQ(forecasts.at("A-3").latest, 5);
}

TEST(ForecastTest, TheBoundCountsFromTheFirstMeetingThatMayTakeIt) {
  QueueItem later = Item("A-1", 9);
  later.not_before = kMeetingDay + 10;
  later.passed_over = 3;
  const Forecast forecast =
      ForecastQueue(InputOf({later, Item("A-2", 30)}), Weeks(4), Berlin()).at("A-1");
  EXPECT_EQ(forecast.earliest, 3);
  EXPECT_EQ(forecast.latest, 4);  // Overdue already, behind A-2 at the most.
}

TEST(ForecastTest, RelatedSpecsGoTogether) {
  QueueItem first = Item("A-1", 30);
  QueueItem second = Item("A-2", 20);
  first.open_decisions = second.open_decisions = 6;
  EXPECT_EQ(ForecastQueue(InputOf({first, second}), Weeks(1), Berlin()).at("A-2").expected, 2);
  first.cluster = second.cluster = "same system: uploads";
  EXPECT_EQ(ForecastQueue(InputOf({first, second}), Weeks(1), Berlin()).at("A-2").expected, 1);
}

TEST(ForecastTest, WhatIsPinnedToALaterMeetingTakesItsRoom) {
  std::vector<LaterMeeting> later = Weeks(2);
  later[0].pinned = {Large("A-9", 1)};
  const auto forecasts = ForecastQueue(InputOf({Large("A-1", 30), Large("A-2", 20)}), later,
                                       Berlin());
  EXPECT_EQ(forecasts.at("A-2").expected, 3);
  EXPECT_FALSE(forecasts.contains("A-9"));
}

TEST(ForecastTest, ASessionOfItsOwnServesItsSpecAndPassesNobodyOver) {
  QueueItem book = Item("A-1", 60);
  book.words = 20'000;
  std::vector<LaterMeeting> later = Weeks(2);
  later[0].terms.dedicated_to = {"A-1"};
  const auto forecasts =
      ForecastQueue(InputOf({book, Large("A-2", 30), Large("A-3", 20)}), later, Berlin());
  EXPECT_EQ(forecasts.at("A-1").expected, 2);
  EXPECT_EQ(forecasts.at("A-3").expected, 3);
  EXPECT_EQ(forecasts.at("A-2").latest, 6);  // The fifth meeting that is open to it.
}

TEST(ForecastTest, UrgentAndCarryOverHoldForOneMeeting) {
  QueueItem urgent = Large("A-3", 1);
  urgent.urgent = true;
  QueueItem overdue = Large("A-1", 30);
  overdue.passed_over = 3;
  PlanInput input = InputOf({overdue, Large("A-2", 20), urgent});
  input.reservation = "A-2";
  const auto forecasts = ForecastQueue(input, Weeks(2), Berlin());
  EXPECT_EQ(forecasts.at("A-1").expected, 1);
  EXPECT_EQ(forecasts.at("A-3").expected, 2);  // Reserved: the first that did not fit.
  EXPECT_EQ(forecasts.at("A-2").expected, 3);
}

TEST(ForecastTest, SaysWhyInWords) {
  std::vector<QueueItem> queue;
  for (int number = 1; number <= 8; ++number) {
    queue.push_back(Item("A-" + std::to_string(number), 60 - 5 * number));
  }
  queue[3].presenter_available = false;
  queue[6].words = 20'000;
  queue[7].times_on_agenda = 1;
  const auto forecasts = ForecastQueue(InputOf(queue), Weeks(1), Berlin());
  EXPECT_EQ(forecasts.at("A-1").why, "1st of 6 in order; at the latest the 4th meeting held from "
                                     "now");
  EXPECT_EQ(forecasts.at("A-2").why, "2nd of 6 in order; at the latest the 5th meeting held from "
                                     "now, as 1 spec never on an agenda waits longer");
  EXPECT_EQ(forecasts.at("A-4").why, "not at the next meeting: presenter is away; 3 specs are "
                                     "expected before it; at the latest the 8th meeting held from "
                                     "now, as 3 specs never on an agenda wait longer");
  EXPECT_EQ(forecasts.at("A-5").why, "4th of 6 in order; 3 specs are expected before it; at the "
                                     "latest the 8th meeting held from now, as 4 specs never on an "
                                     "agenda wait longer");
  EXPECT_EQ(forecasts.at("A-7").why,
            "no meeting in sight may take it: 20,000 words are more than a packet holds, so it "
            "needs its own session");
  EXPECT_EQ(forecasts.at("A-8").why, "6th of 6 in order; 2 meetings in sight are expected to take "
                                     "others");
}

// The play itself: earliest, expected and latest keep their order, nobody is expected twice, and
// no meeting is expected to take more than it can.
TEST(ForecastTest, HoldsTogetherOverRandomQueues) {
  planning_test::Dice dice(8);
  int expected = 0;
  for (int round = 0; round < 300; ++round) {
    std::vector<QueueItem> queue;
    const int size = dice.Roll(30);
    for (int number = 1; number <= size; ++number) {
      QueueItem item = Item("A-" + std::to_string(number), dice.Roll(60));
      item.open_decisions = dice.Roll(8);
      item.words = dice.Roll(6'000);
      item.passed_over = dice.Roll(5);
      item.times_on_agenda = dice.Chance(20) ? 1 : 0;
      item.carried_over = dice.Chance(10);
      item.presenter_available = !dice.Chance(20);
      if (dice.Chance(20)) item.not_before = kMeetingDay + dice.Roll(30);
      if (dice.Chance(20)) item.cluster = "same system: uploads";
      queue.push_back(item);
    }
    std::map<int, int> taken;
    std::map<std::string, const QueueItem*> items;
    for (const QueueItem& item : queue) items[item.key] = &item;
    const auto forecasts = ForecastQueue(InputOf(queue), Weeks(12), Berlin());
    ASSERT_EQ(forecasts.size(), queue.size());
    for (const auto& [key, forecast] : forecasts) {
      EXPECT_FALSE(forecast.why.empty());
      if (!forecast.expected.has_value()) continue;
      ++expected;
      ++taken[*forecast.expected];
      EXPECT_LE(forecast.earliest, forecast.expected);
      // The bound proves itself: the play never needs the exception that it makes for pins.
      const QueueItem& item = *items.at(key);
      if (item.times_on_agenda > 0) {
        EXPECT_FALSE(forecast.latest.has_value());
        continue;
      }
      const int bound = std::max(3 - item.passed_over, 0) + forecast.ahead + 1;
      EXPECT_EQ(forecast.latest, *forecast.earliest - 1 + bound);
      EXPECT_LE(forecast.expected, forecast.latest);
    }
    for (const auto& [meeting, specs] : taken) EXPECT_LE(specs, 3) << "meeting " << meeting;
  }
  EXPECT_GT(expected, 3'000);
}

}  // namespace
}  // namespace gavel
