#include "engine/domain/planning/forecast.h"

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

}  // namespace
}  // namespace gavel
