// The promise "two business days ahead" in 50 zones: meetings on every working day from 2026 to
// 2037, with every clock change between freeze and start, against plain arithmetic on weekdays.
#include <iterator>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "engine/domain/planning/planning_testing.h"
#include "engine/domain/planning/series.h"
#include "engine/domain/planning/zones_testing.h"

namespace gavel {
namespace {

using absl::CivilDay;
using absl::CivilSecond;
using planning_test::CalendarIn;
using planning_test::kZones;
using planning_test::ThursdaySeries;

const CivilDay kFirst(2026, 1, 1);
const CivilDay kLast(2038, 1, 1);

// Calendar days from a step back to the meeting, by the meeting's weekday: a weekend between them
// does not count.
struct Week {
  int weekday;
  int minutes_due;
  int go_no_go;
  int freeze;
  int cut_off;
  int preview;
};
constexpr Week kWeeks[] = {
    {1, 1, 3, 4, 5, 7}, {2, 1, 1, 4, 5, 7}, {3, 1, 1, 2, 5, 7}, {4, 1, 1, 2, 3, 7},
    {5, 3, 1, 2, 3, 7}};

void ExpectWall(const absl::TimeZone& zone, absl::Time time, CivilDay day, int hour) {
  EXPECT_EQ(absl::ToCivilSecond(time, zone),
            CivilSecond(day.year(), day.month(), day.day(), hour, 0, 0))
      << zone.name();
}

std::vector<Occurrence> MeetingsOf(const BusinessCalendar& calendar, int weekday) {
  v1::Series series = ThursdaySeries();
  series.set_weekday(weekday);
  *series.mutable_starts() = ToDate(kFirst);
  return SeriesSchedule::Create(series, calendar)
      .value()
      .Between(calendar.LocalTime(kFirst, 0), calendar.LocalTime(kLast, 0));
}

// When the clocks of `zone` move, by the time-zone database.
std::vector<absl::Time> ClockChanges(const absl::TimeZone& zone) {
  std::vector<absl::Time> changes;
  absl::Time at = absl::FromCivil(CivilSecond(kFirst), zone);
  absl::TimeZone::CivilTransition transition;
  while (zone.NextTransition(at, &transition) && transition.to < CivilSecond(kLast)) {
    at = zone.At(transition.to).trans;
    if (transition.from != transition.to) changes.push_back(at);
  }
  return changes;
}

TEST(FreezeZonesTest, TwoBusinessDaysAheadOnEveryWeekdayInEveryZone) {
  int occurrences = 0;
  for (const char* name : kZones) {
    const BusinessCalendar calendar = CalendarIn(name);
    const absl::TimeZone& zone = calendar.zone();
    for (const Week& week : kWeeks) {
      // 1 January 2026 is a Thursday.
      CivilDay day = kFirst + (week.weekday - 4 + 7) % 7;
      for (const Occurrence& meeting : MeetingsOf(calendar, week.weekday)) {
        ASSERT_EQ(meeting.day, day) << name;
        ExpectWall(zone, meeting.start, day, 15);
        ExpectWall(zone, meeting.preview, day - week.preview, 12);
        ExpectWall(zone, meeting.cut_off, day - week.cut_off, 12);
        ExpectWall(zone, meeting.freeze, day - week.freeze, 10);
        ExpectWall(zone, meeting.go_no_go, day - week.go_no_go, 10);
        ExpectWall(zone, meeting.minutes_due, day + week.minutes_due, 16);
        EXPECT_EQ(meeting.end - meeting.start, absl::Hours(1)) << name;
        day += 7;
        ++occurrences;
      }
      EXPECT_GE(day, kLast) << name;
    }
  }
  EXPECT_EQ(std::size(kZones), 50u);
  fmt::print("zones={} occurrences={}\n", std::size(kZones), occurrences);
}

TEST(FreezeZonesTest, EveryClockChangeLiesBetweenSomeFreezeAndItsMeeting) {
  int changes = 0;
  int twice_a_year = 0;
  for (const char* name : kZones) {
    const BusinessCalendar calendar = CalendarIn(name);
    std::vector<Occurrence> meetings;
    for (const Week& week : kWeeks) {
      const std::vector<Occurrence> more = MeetingsOf(calendar, week.weekday);
      meetings.insert(meetings.end(), more.begin(), more.end());
    }
    const std::vector<absl::Time> of_zone = ClockChanges(calendar.zone());
    for (const absl::Time change : of_zone) {
      int spanned = 0;
      for (const Occurrence& meeting : meetings) {
        if (meeting.freeze >= change || meeting.start <= change) continue;
        ++spanned;
        // The wall keeps the notice, so the time that passes differs by the clock's step.
        EXPECT_NE((meeting.start - meeting.freeze) % absl::Hours(24), absl::Hours(5)) << name;
      }
      EXPECT_GT(spanned, 0) << name;
    }
    changes += static_cast<int>(of_zone.size());
    twice_a_year += of_zone.size() == 2 * 12 ? 1 : 0;
  }
  fmt::print("zones={} clock_changes={} zones_with_two_a_year={}\n", std::size(kZones), changes,
             twice_a_year);
  EXPECT_GE(twice_a_year, 20);
}

}  // namespace
}  // namespace gavel
