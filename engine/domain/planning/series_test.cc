#include "engine/domain/planning/series.h"

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
using planning_test::ThursdaySeries;

SeriesSchedule ScheduleOf(const v1::Series& series, const BusinessCalendar& calendar = Berlin()) {
  return SeriesSchedule::Create(series, calendar).value();
}

std::vector<CivilDay> DaysOf(const std::vector<Occurrence>& occurrences) {
  std::vector<CivilDay> days;
  for (const Occurrence& occurrence : occurrences) days.push_back(occurrence.day);
  return days;
}

TEST(SeriesTest, RefusesWhatBreaksThePromise) {
  struct Row {
    const char* field;
    std::function<void(v1::Series&)> spoil;
  };
  const Row rows[] = {
      {"on", [](v1::Series& s) { s.set_weekday(0); }},
      {"on", [](v1::Series& s) { s.set_weekday(6); }},  // Saturday is no working day.
      {"at", [](v1::Series& s) { s.set_start_minute(1440); }},
      {"length_min", [](v1::Series& s) { s.set_length_min(24); }},
      {"max_specs", [](v1::Series& s) { s.set_max_specs(4); }},
      {"max_specs", [](v1::Series& s) { s.set_max_specs(0); }},
      {"quick_items", [](v1::Series& s) { s.set_quick_items(6); }},
      {"max_words", [](v1::Series& s) { s.set_max_words(0); }},
      {"freeze.bd", [](v1::Series& s) { s.set_freeze_bd(0); }},
      {"freeze", [](v1::Series& s) { s.set_freeze_bd(4); }},
      {"freeze",
       [](v1::Series& s) {
         s.set_freeze_bd(3);
         s.set_freeze_minute(12 * 60);
       }},
      {"preview_bd", [](v1::Series& s) { s.set_preview_bd(21); }},
      {"go_no_go_bd", [](v1::Series& s) { s.set_go_no_go_bd(0); }},
      {"go_no_go_bd", [](v1::Series& s) { s.set_go_no_go_bd(3); }},  // Before the freeze.
      {"weight_team", [](v1::Series& s) { s.set_weight_team(-1); }},
      {"timebox_most_min", [](v1::Series& s) { s.set_timebox_most_min(14); }},
      {"starts", [](v1::Series& s) { s.mutable_starts()->set_month(13); }},
      {"cadence", [](v1::Series& s) { s.clear_cadence(); }},
      {"holiday", [](v1::Series& s) { s.clear_holiday(); }},
  };
  for (const Row& row : rows) {
    v1::Series series = ThursdaySeries();
    row.spoil(series);
    const absl::StatusOr<SeriesSchedule> schedule = SeriesSchedule::Create(series, Berlin());
    ASSERT_FALSE(schedule.ok()) << row.field;
    const std::vector<FieldViolation> violations = FieldViolationsOf(schedule.status());
    ASSERT_EQ(violations.size(), 1u) << row.field;
    EXPECT_EQ(violations[0].field, std::string("series.weekly.") + row.field);
  }
}

TEST(SeriesTest, TheWeekOfAMeeting) {
  const BusinessCalendar& calendar = Berlin();
  const Occurrence meeting = ScheduleOf(ThursdaySeries()).On(CivilDay(2026, 12, 10), 15 * 60);
  EXPECT_EQ(meeting.week, (IsoWeek{2026, 50}));
  EXPECT_EQ(meeting.preview, At(calendar, CivilMinute(2026, 12, 3, 12, 0)));
  EXPECT_EQ(meeting.cut_off, At(calendar, CivilMinute(2026, 12, 7, 12, 0)));
  EXPECT_EQ(meeting.freeze, At(calendar, CivilMinute(2026, 12, 8, 10, 0)));
  EXPECT_EQ(meeting.go_no_go, At(calendar, CivilMinute(2026, 12, 9, 10, 0)));
  EXPECT_EQ(meeting.start, At(calendar, CivilMinute(2026, 12, 10, 15, 0)));
  EXPECT_EQ(meeting.end, At(calendar, CivilMinute(2026, 12, 10, 16, 0)));
  EXPECT_EQ(meeting.minutes_due, At(calendar, CivilMinute(2026, 12, 11, 16, 0)));
}

TEST(SeriesTest, HolidayBeforeTheMeetingMovesItsStepsEarlier) {
  const BusinessCalendar calendar = CalendarIn("Europe/Berlin", {CivilDay(2026, 12, 8)});
  const Occurrence meeting =
      ScheduleOf(ThursdaySeries(), calendar).On(CivilDay(2026, 12, 10), 15 * 60);
  EXPECT_EQ(meeting.cut_off, At(calendar, CivilMinute(2026, 12, 4, 12, 0)));
  EXPECT_EQ(meeting.freeze, At(calendar, CivilMinute(2026, 12, 7, 10, 0)));
  EXPECT_EQ(meeting.go_no_go, At(calendar, CivilMinute(2026, 12, 9, 10, 0)));
}

TEST(SeriesTest, WeeklyFromItsFirstDayOnHalfOpen) {
  const BusinessCalendar& calendar = Berlin();
  const SeriesSchedule schedule = ScheduleOf(ThursdaySeries());
  const absl::Time first = At(calendar, CivilMinute(2026, 11, 26, 15, 0));
  EXPECT_EQ(DaysOf(schedule.Between(first - absl::Hours(24 * 30), first + absl::Hours(24 * 14))),
            (std::vector<CivilDay>{CivilDay(2026, 11, 26), CivilDay(2026, 12, 3)}));
  EXPECT_EQ(schedule.Between(first, first + absl::Seconds(1)).size(), 1u);
  EXPECT_TRUE(schedule.Between(first - absl::Hours(1), first).empty());
}

TEST(SeriesTest, HolidaySkipsOrShiftsWithinItsWeek) {
  v1::Series friday = ThursdaySeries();
  friday.set_weekday(5);
  v1::Series thursday = ThursdaySeries();
  thursday.set_holiday(v1::Series::HOLIDAY_RULE_SHIFT);
  const BusinessCalendar calendar =
      CalendarIn("Europe/Berlin", {CivilDay(2026, 12, 3), CivilDay(2026, 12, 11)});
  const absl::Time from = At(calendar, CivilMinute(2026, 11, 30, 0, 0));
  const absl::Time to = At(calendar, CivilMinute(2026, 12, 21, 0, 0));

  EXPECT_EQ(DaysOf(ScheduleOf(friday, calendar).Between(from, to)),
            (std::vector<CivilDay>{CivilDay(2026, 12, 4), CivilDay(2026, 12, 18)}));
  EXPECT_EQ(DaysOf(ScheduleOf(thursday, calendar).Between(from, to)),
            (std::vector<CivilDay>{CivilDay(2026, 12, 4), CivilDay(2026, 12, 10),
                                   CivilDay(2026, 12, 17)}));
}

TEST(SeriesTest, ShiftGoesToTheNextBusinessDayEvenInTheNextWeek) {
  v1::Series friday = ThursdaySeries();
  friday.set_weekday(5);
  friday.set_holiday(v1::Series::HOLIDAY_RULE_SHIFT);
  const BusinessCalendar calendar = CalendarIn("Europe/Berlin", {CivilDay(2026, 12, 11)});
  const SeriesSchedule schedule = ScheduleOf(friday, calendar);
  const absl::Time monday = At(calendar, CivilMinute(2026, 12, 14, 0, 0));
  const std::vector<Occurrence> meetings = schedule.Between(monday, monday + absl::Hours(7 * 24));
  EXPECT_EQ(DaysOf(meetings),
            (std::vector<CivilDay>{CivilDay(2026, 12, 14), CivilDay(2026, 12, 18)}));
  // Each stays the meeting of its own week.
  EXPECT_EQ(meetings[0].week, (IsoWeek{2026, 50}));
  EXPECT_EQ(meetings[1].week, (IsoWeek{2026, 51}));
  EXPECT_EQ(schedule.WeekOf(CivilDay(2026, 12, 14)), (IsoWeek{2026, 50}));
  EXPECT_EQ(schedule.WeekOf(CivilDay(2026, 12, 18)), (IsoWeek{2026, 51}));
  EXPECT_EQ(schedule.WeekOf(CivilDay(2026, 12, 15)), (IsoWeek{2026, 51}));
  EXPECT_EQ(schedule.NextAfter(monday)->day, CivilDay(2026, 12, 14));
}

TEST(SeriesTest, ShiftNeverReachesTheDayOfTheNextMeeting) {
  v1::Series series = ThursdaySeries();
  series.set_holiday(v1::Series::HOLIDAY_RULE_SHIFT);
  v1::Calendar closed = planning_test::CalendarMessage("Europe/Berlin");
  // Closed from Wednesday 23 December to Sunday 3 January.
  for (CivilDay day(2026, 12, 23); day < CivilDay(2027, 1, 4); ++day) {
    *closed.add_holidays() = ToDate(day);
  }
  const BusinessCalendar calendar = BusinessCalendar::Create(closed).value();
  const absl::Time from = At(calendar, CivilMinute(2026, 12, 14, 0, 0));
  EXPECT_EQ(DaysOf(ScheduleOf(series, calendar).Between(from, from + absl::Hours(28 * 24))),
            (std::vector<CivilDay>{CivilDay(2026, 12, 17), CivilDay(2027, 1, 4),
                                   CivilDay(2027, 1, 7)}));
}

TEST(SeriesTest, PreviewAndGoNoGoAreSettings) {
  const BusinessCalendar& calendar = Berlin();
  v1::Series series = ThursdaySeries();
  series.set_preview_bd(4);
  series.set_go_no_go_bd(2);
  const Occurrence meeting = ScheduleOf(series).On(CivilDay(2026, 12, 10), 15 * 60);
  EXPECT_EQ(meeting.preview, At(calendar, CivilMinute(2026, 12, 1, 12, 0)));
  EXPECT_EQ(meeting.go_no_go, At(calendar, CivilMinute(2026, 12, 8, 10, 0)));
}

TEST(SeriesTest, OccurrenceWhoseFreezeHasPassedIsSkipped) {
  const BusinessCalendar& calendar = Berlin();
  const SeriesSchedule schedule = ScheduleOf(ThursdaySeries());
  const absl::Time freeze = At(calendar, CivilMinute(2026, 12, 8, 10, 0));
  EXPECT_EQ(schedule.Plannable(freeze - absl::Seconds(1)).front().day, CivilDay(2026, 12, 10));
  EXPECT_EQ(schedule.Plannable(freeze).front().day, CivilDay(2026, 12, 17));
  // Eight weeks ahead, counted from two days before the first.
  EXPECT_EQ(schedule.Plannable(freeze - absl::Seconds(1)).size(), 8u);
}

TEST(SeriesTest, NextAfterLooksPastALongClosure) {
  v1::Series series = ThursdaySeries();
  *series.mutable_starts() = ToDate(CivilDay(2027, 6, 3));
  const absl::Time now = At(Berlin(), CivilMinute(2026, 12, 1, 0, 0));
  const std::optional<Occurrence> next = ScheduleOf(series).NextAfter(now);
  ASSERT_TRUE(next.has_value());
  EXPECT_EQ(next->day, CivilDay(2027, 6, 3));
  EXPECT_EQ(ScheduleOf(series).NextAfter(next->start)->day, CivilDay(2027, 6, 10));
}

TEST(SeriesTest, OnDemandTakesTheFirstDayThatLeavesTimeForTheFreeze) {
  v1::Series series = ThursdaySeries();
  series.set_cadence(v1::Series::CADENCE_ON_DEMAND);
  const SeriesSchedule schedule = ScheduleOf(series);
  const absl::Time tuesday = At(Berlin(), CivilMinute(2026, 12, 1, 9, 59));
  EXPECT_TRUE(schedule.Plannable(tuesday).empty());
  EXPECT_FALSE(schedule.NextAfter(tuesday).has_value());
  EXPECT_EQ(schedule.FirstFree(tuesday, {}).day, CivilDay(2026, 12, 3));
  EXPECT_EQ(schedule.FirstFree(tuesday + absl::Minutes(1), {}).day, CivilDay(2026, 12, 4));
  // One meeting per week.
  const IsoWeek taken[] = {IsoWeekOf(CivilDay(2026, 12, 3))};
  EXPECT_EQ(schedule.FirstFree(tuesday, taken).day, CivilDay(2026, 12, 7));
}

}  // namespace
}  // namespace gavel
