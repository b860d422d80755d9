#include "engine/domain/planning/calendar.h"

#include <functional>
#include <string>

#include <gtest/gtest.h>

#include "engine/base/error.h"
#include "engine/domain/planning/planning_testing.h"

namespace gavel {
namespace {

using absl::CivilDay;
using absl::CivilMinute;
using planning_test::At;
using planning_test::Berlin;
using planning_test::CalendarIn;
using planning_test::CalendarMessage;

TEST(CalendarTest, RefusesWhatCannotBeAWorkingCalendar) {
  struct Row {
    const char* name;
    const char* field;
    std::function<void(v1::Calendar&)> spoil;
  };
  const Row rows[] = {
      {"no zone", "zone", [](v1::Calendar& c) { c.clear_zone(); }},
      {"unknown zone", "zone", [](v1::Calendar& c) { c.set_zone("Europe/Berlinn"); }},
      {"no day", "days", [](v1::Calendar& c) { c.clear_days(); }},
      {"weekday 0", "days", [](v1::Calendar& c) { c.add_days(0); }},
      {"weekday 8", "days", [](v1::Calendar& c) { c.add_days(8); }},
      {"closed all day", "hours", [](v1::Calendar& c) { c.set_close_minute(9 * 60); }},
      {"before midnight", "hours", [](v1::Calendar& c) { c.set_open_minute(-1); }},
      {"after midnight", "hours", [](v1::Calendar& c) { c.set_close_minute(1440); }},
      {"30 February", "holidays",
       [](v1::Calendar& c) {
         v1::Date* date = c.add_holidays();
         date->set_year(2027);
         date->set_month(2);
         date->set_day(30);
       }},
  };
  for (const Row& row : rows) {
    v1::Calendar message = CalendarMessage("Europe/Berlin");
    row.spoil(message);
    const absl::StatusOr<BusinessCalendar> calendar = BusinessCalendar::Create(message);
    ASSERT_FALSE(calendar.ok()) << row.name;
    EXPECT_EQ(calendar.status().code(), absl::StatusCode::kInvalidArgument) << row.name;
    const std::vector<FieldViolation> violations = FieldViolationsOf(calendar.status());
    ASSERT_EQ(violations.size(), 1u) << row.name;
    EXPECT_EQ(violations[0].field, std::string("calendars.office.") + row.field) << row.name;
  }
}

TEST(CalendarTest, WeekendsAndHolidaysAreNotBusinessDays) {
  const BusinessCalendar& calendar = Berlin();
  EXPECT_TRUE(calendar.IsBusinessDay(CivilDay(2026, 12, 24)));
  EXPECT_FALSE(calendar.IsBusinessDay(CivilDay(2026, 12, 25)));  // Holiday.
  EXPECT_FALSE(calendar.IsBusinessDay(CivilDay(2026, 12, 26)));  // Saturday.
  EXPECT_EQ(calendar.BusinessDayFrom(CivilDay(2026, 12, 25)), CivilDay(2026, 12, 28));
  EXPECT_EQ(calendar.BusinessDayFrom(CivilDay(2026, 12, 28)), CivilDay(2026, 12, 28));
}

TEST(CalendarTest, HolidayMovesTheDayBeforeEarlier) {
  const BusinessCalendar& calendar = Berlin();
  const CivilDay tuesday(2026, 12, 29);
  EXPECT_EQ(calendar.BusinessDaysBefore(tuesday, 0), tuesday);
  EXPECT_EQ(calendar.BusinessDaysBefore(tuesday, 1), CivilDay(2026, 12, 28));
  EXPECT_EQ(calendar.BusinessDaysBefore(tuesday, 2), CivilDay(2026, 12, 24));
  EXPECT_EQ(calendar.BusinessDaysBefore(tuesday, 3), CivilDay(2026, 12, 23));
  EXPECT_EQ(calendar.BusinessDaysAfter(CivilDay(2026, 12, 24), 1), CivilDay(2026, 12, 28));
  EXPECT_EQ(calendar.BusinessDaysAfter(CivilDay(2026, 12, 24), 5), CivilDay(2027, 1, 4));
}

TEST(CalendarTest, CountAgreesWithCountingOneByOne) {
  const BusinessCalendar& calendar = Berlin();
  const CivilDay first(2026, 12, 14);
  for (CivilDay from = first; from < first + 21; ++from) {
    int counted = 0;
    for (CivilDay to = from; to < from + 30; ++to) {
      EXPECT_EQ(calendar.CountBusinessDays(from, to), counted) << from << " to " << to;
      counted += calendar.IsBusinessDay(to) ? 1 : 0;
    }
  }
  EXPECT_EQ(calendar.CountBusinessDays(first, first - 7), 0);
}

TEST(CalendarTest, AddKeepsTheWallTime) {
  struct Row {
    const char* name;
    CivilMinute start;
    int days;
    CivilMinute end;
  };
  const Row rows[] = {
      {"within the week", CivilMinute(2026, 11, 23, 14, 7), 3, CivilMinute(2026, 11, 26, 14, 7)},
      {"over the weekend", CivilMinute(2026, 11, 26, 17, 0), 2, CivilMinute(2026, 11, 30, 17, 0)},
      {"over a holiday", CivilMinute(2026, 12, 24, 10, 0), 1, CivilMinute(2026, 12, 28, 10, 0)},
      {"outside hours stays", CivilMinute(2026, 11, 23, 23, 30), 1,
       CivilMinute(2026, 11, 24, 23, 30)},
      {"none", CivilMinute(2026, 11, 23, 14, 0), 0, CivilMinute(2026, 11, 23, 14, 0)},
      {"from Saturday", CivilMinute(2026, 11, 28, 20, 0), 1, CivilMinute(2026, 12, 1, 9, 0)},
      {"none from Saturday", CivilMinute(2026, 11, 28, 20, 0), 0, CivilMinute(2026, 11, 30, 9, 0)},
      {"over the spring change", CivilMinute(2027, 3, 26, 15, 0), 1,
       CivilMinute(2027, 3, 29, 15, 0)},
      {"over the autumn change", CivilMinute(2027, 10, 29, 15, 0), 1,
       CivilMinute(2027, 11, 1, 15, 0)},
  };
  const BusinessCalendar& calendar = Berlin();
  for (const Row& row : rows) {
    EXPECT_EQ(calendar.AddBusinessDays(At(calendar, row.start), row.days), At(calendar, row.end))
        << row.name;
  }
}

TEST(CalendarTest, AddKeepsFractionsOfASecond) {
  const BusinessCalendar& calendar = Berlin();
  const absl::Time monday =
      At(calendar, CivilMinute(2026, 11, 23, 14, 0)) + absl::Microseconds(1'234'567);
  EXPECT_EQ(calendar.AddBusinessDays(monday, 1), monday + absl::Hours(24));
}

TEST(CalendarTest, PausedDaysDoNotCount) {
  const BusinessCalendar& calendar = Berlin();
  const DayRange away[] = {{CivilDay(2026, 11, 24), CivilDay(2026, 11, 25)}};
  const absl::Time monday = At(calendar, CivilMinute(2026, 11, 23, 14, 0));
  const absl::Time thursday = At(calendar, CivilMinute(2026, 11, 26, 14, 0));
  EXPECT_EQ(calendar.AddBusinessDays(monday, 1, away), thursday);
  EXPECT_EQ(calendar.BusinessDaysBetween(monday, thursday, away), 1);
  EXPECT_EQ(calendar.BusinessDaysBetween(monday, thursday), 3);
  // A clock that starts inside the pause starts when the pause is over.
  EXPECT_EQ(calendar.AddBusinessDays(At(calendar, CivilMinute(2026, 11, 24, 14, 0)), 0, away),
            At(calendar, CivilMinute(2026, 11, 26, 9, 0)));
}

TEST(CalendarTest, BetweenIsTheInverseOfAdd) {
  const BusinessCalendar& calendar = Berlin();
  const DayRange away[] = {{CivilDay(2026, 12, 21), CivilDay(2026, 12, 22)},
                           {CivilDay(2026, 12, 22), CivilDay(2026, 12, 23)}};
  const absl::Time first = At(calendar, CivilMinute(2026, 12, 16, 0, 30));
  for (int start = 0; start < 14 * 24; start += 7) {
    const absl::Time from = first + absl::Hours(start);
    for (const std::span<const DayRange> paused :
         {std::span<const DayRange>(), std::span<const DayRange>(away)}) {
      for (int n = 1; n <= 8; ++n) {
        const absl::Time then = calendar.AddBusinessDays(from, n, paused);
        EXPECT_EQ(calendar.BusinessDaysBetween(from, then, paused), n) << from;
        EXPECT_EQ(calendar.BusinessDaysBetween(from, then - absl::Microseconds(1), paused), n - 1)
            << from;
      }
    }
    EXPECT_EQ(calendar.BusinessDaysBetween(from, from - absl::Hours(100)), 0);
  }
}

TEST(CalendarTest, DayBoundariesAndHours) {
  const BusinessCalendar& calendar = Berlin();
  const CivilDay day(2026, 11, 26);
  EXPECT_EQ(calendar.Opening(day), At(calendar, CivilMinute(2026, 11, 26, 9, 0)));
  EXPECT_EQ(calendar.Closing(day), At(calendar, CivilMinute(2026, 11, 26, 18, 0)));
  EXPECT_EQ(calendar.EndOfDay(day), At(calendar, CivilMinute(2026, 11, 27, 0, 0)));
  EXPECT_EQ(calendar.DayOf(calendar.EndOfDay(day)), day + 1);
  EXPECT_EQ(calendar.DayOf(calendar.EndOfDay(day) - absl::Microseconds(1)), day);
}

TEST(CalendarTest, SkippedTimeMovesForwardAndRepeatedTimeIsTheFirst) {
  struct Row {
    const char* zone;
    CivilDay day;
    int minute;
    absl::CivilMinute utc;
  };
  const Row rows[] = {
      {"Europe/Berlin", CivilDay(2027, 3, 28), 150, CivilMinute(2027, 3, 28, 1, 30)},
      {"Europe/Berlin", CivilDay(2026, 10, 25), 150, CivilMinute(2026, 10, 25, 0, 30)},
      {"America/New_York", CivilDay(2027, 3, 14), 150, CivilMinute(2027, 3, 14, 7, 30)},
      {"America/New_York", CivilDay(2026, 11, 1), 90, CivilMinute(2026, 11, 1, 5, 30)},
      // Half an hour of daylight saving.
      {"Australia/Lord_Howe", CivilDay(2026, 10, 4), 135, CivilMinute(2026, 10, 3, 15, 45)},
      {"Australia/Lord_Howe", CivilDay(2027, 4, 4), 105, CivilMinute(2027, 4, 3, 14, 45)},
      // Winter time is the exception in the law of Ireland: a negative saving.
      {"Europe/Dublin", CivilDay(2027, 3, 28), 90, CivilMinute(2027, 3, 28, 1, 30)},
      {"Europe/Dublin", CivilDay(2026, 10, 25), 90, CivilMinute(2026, 10, 25, 0, 30)},
      {"Asia/Kolkata", CivilDay(2027, 3, 28), 150, CivilMinute(2027, 3, 27, 21, 0)},
  };
  for (const Row& row : rows) {
    const absl::Time expected = absl::FromCivil(row.utc, absl::UTCTimeZone());
    EXPECT_EQ(CalendarIn(row.zone).LocalTime(row.day, row.minute), expected)
        << row.zone << " " << row.day;
  }
}

}  // namespace
}  // namespace gavel
