#include "engine/domain/planning/civil_date.h"

#include <gtest/gtest.h>

namespace gavel {
namespace {

v1::Date DateOf(int year, int month, int day) {
  v1::Date date;
  date.set_year(year);
  date.set_month(month);
  date.set_day(day);
  return date;
}

TEST(CivilDateTest, OnlyDaysThatExistAreValid) {
  EXPECT_TRUE(IsValidDate(DateOf(2028, 2, 29)));
  EXPECT_TRUE(IsValidDate(DateOf(1970, 1, 1)));
  EXPECT_TRUE(IsValidDate(DateOf(9999, 12, 31)));
  EXPECT_FALSE(IsValidDate(DateOf(2027, 2, 29)));
  EXPECT_FALSE(IsValidDate(DateOf(2026, 13, 1)));
  EXPECT_FALSE(IsValidDate(DateOf(2026, 0, 1)));
  EXPECT_FALSE(IsValidDate(DateOf(2026, 1, 0)));
  EXPECT_FALSE(IsValidDate(DateOf(1969, 12, 31)));
  EXPECT_FALSE(IsValidDate(v1::Date()));
}

TEST(CivilDateTest, DateAndCivilDayRoundTrip) {
  for (absl::CivilDay day(2023, 12, 1); day < absl::CivilDay(2025, 2, 1); ++day) {
    EXPECT_TRUE(IsValidDate(ToDate(day)));
    EXPECT_EQ(ToCivilDay(ToDate(day)), day);
  }
}

TEST(CivilDateTest, IsoWeekBelongsToTheYearOfItsThursday) {
  struct Row {
    absl::CivilDay day;
    IsoWeek week;
  };
  const Row rows[] = {
      {absl::CivilDay(2026, 1, 1), {2026, 1}},    // A Thursday.
      {absl::CivilDay(2026, 12, 31), {2026, 53}},
      {absl::CivilDay(2027, 1, 3), {2026, 53}},   // A Sunday.
      {absl::CivilDay(2027, 1, 4), {2027, 1}},
      {absl::CivilDay(2024, 12, 30), {2025, 1}},  // A Monday.
      {absl::CivilDay(2026, 11, 26), {2026, 48}},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(IsoWeekOf(row.day).year, row.week.year) << row.day;
    EXPECT_EQ(IsoWeekOf(row.day).week, row.week.week) << row.day;
  }
}

TEST(CivilDateTest, WeekStartsOnMonday) {
  EXPECT_EQ(IsoWeekdayOf(absl::CivilDay(2026, 11, 23)), 1);
  EXPECT_EQ(IsoWeekdayOf(absl::CivilDay(2026, 11, 29)), 7);
  EXPECT_EQ(MondayOf(absl::CivilDay(2026, 11, 29)), absl::CivilDay(2026, 11, 23));
  EXPECT_EQ(MondayOf(absl::CivilDay(2026, 11, 23)), absl::CivilDay(2026, 11, 23));
}

}  // namespace
}  // namespace gavel
