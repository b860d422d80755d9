// The clock rules in 50 zones over every clock change of 2026 to 2037, against plain arithmetic on
// the time-zone database.
#include <iterator>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "engine/domain/planning/planning_testing.h"
#include "engine/domain/planning/zones_testing.h"

namespace gavel {
namespace {

using absl::CivilDay;
using absl::CivilSecond;
using planning_test::CalendarIn;
using planning_test::kZones;

const CivilDay kFirst(2026, 1, 1);
const CivilDay kLast(2038, 1, 1);

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
