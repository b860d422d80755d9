// The clock rules in 50 zones over every clock change of 2026 to 2037, against plain arithmetic on
// the time-zone database.
#include <iterator>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "engine/domain/planning/series.h"
#include "engine/domain/planning/planning_testing.h"

namespace gavel {
namespace {

using absl::CivilDay;
using absl::CivilSecond;
using planning_test::CalendarIn;
using planning_test::ThursdaySeries;

constexpr const char* kZones[] = {
    "Africa/Cairo", "Africa/Casablanca", "Africa/Johannesburg", "Africa/Lagos", "Africa/Nairobi",
    "America/Anchorage", "America/Argentina/Buenos_Aires", "America/Asuncion", "America/Bogota",
    "America/Caracas", "America/Chicago", "America/Denver", "America/Halifax", "America/Havana",
    "America/Lima", "America/Los_Angeles", "America/Mexico_City", "America/Montevideo",
    "America/New_York", "America/Nuuk", "America/Phoenix", "America/Santiago", "America/Sao_Paulo",
    "America/St_Johns", "Asia/Beirut", "Asia/Dhaka", "Asia/Dubai", "Asia/Gaza", "Asia/Jerusalem",
    "Asia/Kabul", "Asia/Kathmandu", "Asia/Kolkata", "Asia/Seoul", "Asia/Shanghai", "Asia/Tehran",
    "Asia/Tokyo", "Atlantic/Azores", "Australia/Adelaide", "Australia/Lord_Howe",
    "Australia/Sydney", "Europe/Berlin", "Europe/Chisinau", "Europe/Dublin", "Europe/Istanbul",
    "Europe/London", "Pacific/Apia", "Pacific/Auckland", "Pacific/Chatham", "Pacific/Honolulu",
    "Pacific/Kiritimati"};

const CivilDay kFirst(2026, 1, 1);
const CivilDay kLast(2038, 1, 1);

// The wall reads exactly `hour`:`minute` of `day` at `time`.
void ExpectWall(const absl::TimeZone& zone, absl::Time time, CivilDay day, int hour, int minute) {
  EXPECT_EQ(absl::ToCivilSecond(time, zone),
            CivilSecond(day.year(), day.month(), day.day(), hour, minute, 0))
      << zone.name();
}

TEST(CalendarZonesTest, FreezeIsTwoBusinessDaysBeforeOverEveryClockChange) {
  v1::Series series = ThursdaySeries();
  *series.mutable_starts() = ToDate(kFirst);
  int occurrences = 0;
  for (const char* name : kZones) {
    const BusinessCalendar calendar = CalendarIn(name);
    const SeriesSchedule schedule = SeriesSchedule::Create(series, calendar).value();
    const absl::TimeZone& zone = calendar.zone();
    CivilDay thursday(2026, 1, 1);
    for (const Occurrence& meeting :
         schedule.Between(calendar.LocalTime(kFirst, 0), calendar.LocalTime(kLast, 0))) {
      // One per ISO week, on its Thursday, none left out.
      ASSERT_EQ(meeting.day, thursday) << name;
      ExpectWall(zone, meeting.start, thursday, 15, 0);
      ExpectWall(zone, meeting.freeze, thursday - 2, 10, 0);
      ExpectWall(zone, meeting.cut_off, thursday - 3, 12, 0);
      ExpectWall(zone, meeting.preview, thursday - 7, 12, 0);
      ExpectWall(zone, meeting.minutes_due, thursday + 1, 16, 0);
      EXPECT_EQ(meeting.end - meeting.start, absl::Hours(1)) << name;
      thursday += 7;
      ++occurrences;
    }
    EXPECT_EQ(thursday, CivilDay(2038, 1, 7)) << name;
  }
  fmt::print("zones={} occurrences={}\n", std::size(kZones), occurrences);
}

// What the rule says, found by reading the clock minute by minute: the first instant at which the
// wall shows the time; if there is none, the instant at which a clock nobody moved would show it.
absl::Time ByReadingTheClock(const absl::TimeZone& zone, CivilSecond wall) {
  const absl::Time before = zone.At(wall - 6 * 3600).pre;
  for (absl::Time time = before; time < before + absl::Hours(12); time += absl::Minutes(1)) {
    if (absl::ToCivilSecond(time, zone) == wall) return time;
  }
  return before + absl::Hours(6);
}

TEST(CalendarZonesTest, SkippedAndRepeatedTimesKeepTheRuleEverywhere) {
  int changes = 0;
  for (const char* name : kZones) {
    const BusinessCalendar calendar = CalendarIn(name);
    const absl::TimeZone& zone = calendar.zone();
    for (CivilDay day = kFirst; day < kLast; ++day) {
      const int before = zone.At(zone.At(CivilSecond(day)).pre).offset;
      const int after = zone.At(zone.At(CivilSecond(day + 1)).pre).offset;
      if (before == after) continue;
      ++changes;
      for (int minute = 0; minute < 24 * 60; minute += 15) {
        const CivilSecond wall = CivilSecond(day) + 60 * minute;
        ASSERT_EQ(calendar.LocalTime(day, minute), ByReadingTheClock(zone, wall))
            << name << " " << wall;
      }
    }
  }
  fmt::print("zones={} clock_changes={}\n", std::size(kZones), changes);
  EXPECT_GT(changes, 500);
}

}  // namespace
}  // namespace gavel
