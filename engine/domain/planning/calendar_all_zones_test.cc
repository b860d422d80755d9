// Every zone that the machine knows, every week from 2024 to 2037: exactly one meeting per ISO
// week, at its wall time but for the documented rule. Sundays at 02:30, where most clocks change.
#include <filesystem>
#include <set>

#include <gtest/gtest.h>

#include "engine/domain/planning/planning_testing.h"
#include "engine/domain/planning/series.h"

namespace gavel {
namespace {

using absl::CivilDay;
using absl::CivilSecond;

constexpr int kMinute = 2 * 60 + 30;

// The names below the folder of the time-zone database; `posix` and `right` repeat them.
std::set<std::string> ZoneNames() {
  const std::filesystem::path root("/usr/share/zoneinfo");
  std::set<std::string> names;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
    const std::string name = entry.path().lexically_relative(root);
    const bool copy = name.rfind("posix/", 0) == 0 || name.rfind("right/", 0) == 0;
    absl::TimeZone zone;
    if (!copy && entry.is_regular_file() && absl::LoadTimeZone(name, &zone)) names.insert(name);
  }
  return names;
}

v1::Calendar EveryDayIn(const std::string& zone) {
  v1::Calendar calendar = planning_test::CalendarMessage(zone);
  calendar.add_days(6);
  calendar.add_days(7);
  return calendar;
}

TEST(CalendarAllZonesTest, OneMeetingPerIsoWeekAtItsWallTime) {
  v1::Series series = planning_test::ThursdaySeries();
  series.set_weekday(7);
  series.set_start_minute(kMinute);
  *series.mutable_starts() = ToDate(CivilDay(2024, 1, 1));
  int occurrences = 0;
  int moved = 0;
  for (const std::string& name : ZoneNames()) {
    const BusinessCalendar calendar = BusinessCalendar::Create(EveryDayIn(name)).value();
    const auto schedule = SeriesSchedule::Create(series, calendar).value();
    CivilDay sunday(2024, 1, 7);
    for (const Occurrence& meeting :
         schedule.Between(calendar.LocalTime(CivilDay(2024, 1, 1), 0),
                          calendar.LocalTime(CivilDay(2038, 1, 1), 0))) {
      // The next Sunday, so no ISO week is left out and none has two.
      ASSERT_EQ(meeting.day, sunday) << name;
      const CivilSecond wall = CivilSecond(meeting.day) + kMinute * 60;
      const absl::TimeZone::TimeInfo info = calendar.zone().At(wall);
      ++occurrences;
      sunday += 7;
      if (info.kind == absl::TimeZone::TimeInfo::SKIPPED) {
        // Forward by the gap: the wall shows as much later as the clock jumped.
        ASSERT_GT(absl::ToCivilSecond(meeting.start, calendar.zone()), wall) << name;
        ASSERT_EQ(meeting.start, info.pre) << name;
        ++moved;
        continue;
      }
      ASSERT_EQ(absl::ToCivilSecond(meeting.start, calendar.zone()), wall) << name;
      // Of a time that comes twice, the first.
      if (info.kind == absl::TimeZone::TimeInfo::REPEATED) {
        ASSERT_LT(meeting.start, info.trans) << name;
        ++moved;
      }
    }
    ASSERT_GT(sunday, CivilDay(2037, 12, 31)) << name;
  }
  RecordProperty("occurrences", occurrences);
  EXPECT_GE(occurrences, 400'000);
  EXPECT_GE(moved, 1'000);
}

}  // namespace
}  // namespace gavel
