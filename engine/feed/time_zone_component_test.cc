#include "engine/feed/time_zone_component.h"

#include <gtest/gtest.h>

#include <cctype>
#include <string>

#include "absl/time/civil_time.h"
#include "engine/domain/planning/zones_testing.h"
#include "engine/feed/ical_time.h"
#include "fmt/format.h"

namespace gavel::feed {
namespace {

absl::TimeZone Zone(const std::string& name) {
  absl::TimeZone zone;
  EXPECT_TRUE(absl::LoadTimeZone(name, &zone)) << name;
  return zone;
}

absl::Time Utc(int year, int month, int day) {
  return absl::FromCivil(absl::CivilDay(year, month, day), absl::UTCTimeZone());
}

// A time zone as a calendar understands it from our component alone.
class ReadBack {
 public:
  ReadBack(const absl::TimeZone& zone, absl::Time from, absl::Time to) : zone_(icaltimezone_new()) {
    icaltimezone_set_component(zone_, TimeZoneComponent(zone, from, to).release());
  }
  ~ReadBack() { icaltimezone_free(zone_, 1); }
  ReadBack(const ReadBack&) = delete;
  ReadBack& operator=(const ReadBack&) = delete;

  absl::Time InstantOf(absl::CivilSecond local) {
    icaltimetype time = ToIcal(local);
    icaltimezone_convert_time(&time, zone_, icaltimezone_get_utc_timezone());
    return absl::FromCivil(
        absl::CivilSecond(time.year, time.month, time.day, time.hour, time.minute, time.second),
        absl::UTCTimeZone());
  }

 private:
  icaltimezone* zone_;
};

int CountObservances(icalcomponent* component) {
  return icalcomponent_count_components(component, ICAL_ANY_COMPONENT);
}

TEST(TimeZoneComponent, HasOneObservanceForASpanWithoutAChange) {
  const Component component =
      TimeZoneComponent(Zone("Europe/Berlin"), Utc(2026, 11, 23), Utc(2027, 1, 31));
  EXPECT_EQ(CountObservances(component.get()), 1);
  const Component tokyo = TimeZoneComponent(Zone("Asia/Tokyo"), Utc(2026, 1, 1), Utc(2030, 1, 1));
  EXPECT_EQ(CountObservances(tokyo.get()), 1);
}

TEST(TimeZoneComponent, BeginsAnObservanceByTheClockThatItEnds) {
  const Component component =
      TimeZoneComponent(Zone("Europe/Berlin"), Utc(2027, 1, 1), Utc(2027, 12, 1));
  const std::string text = icalcomponent_as_ical_string(component.get());
  EXPECT_NE(text.find("BEGIN:DAYLIGHT\r\nDTSTART:20270328T020000\r\nTZOFFSETFROM:+0100\r\n"
                      "TZOFFSETTO:+0200\r\nTZNAME:CEST\r\n"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("BEGIN:STANDARD\r\nDTSTART:20271031T030000\r\nTZOFFSETFROM:+0200\r\n"
                      "TZOFFSETTO:+0100\r\nTZNAME:CET\r\n"),
            std::string::npos)
      << text;
}

class InZone : public testing::TestWithParam<const char*> {};

std::string NameOf(const testing::TestParamInfo<const char*>& zone) {
  std::string name = zone.param;
  for (char& c : name) {
    if (std::isalnum(static_cast<unsigned char>(c)) == 0) c = '_';
  }
  return name;
}

INSTANTIATE_TEST_SUITE_P(Fifty, InZone, testing::ValuesIn(planning_test::kZones), NameOf);
// By two hours, and never.
INSTANTIATE_TEST_SUITE_P(Odd, InZone, testing::Values("Antarctica/Troll", "UTC"), NameOf);

// Every half hour of three days around every change to 2037, as wall time there and back. A wall
// time that does not exist is left out, since nothing is ever written at one.
TEST_P(InZone, AgreesWithTheDatabaseAroundEveryChange) {
  const absl::TimeZone zone = Zone(GetParam());
  ReadBack calendar(zone, Utc(2024, 1, 1), Utc(2037, 12, 31));
  int checked = 0;
  const auto check = [&](absl::CivilSecond local) {
    const absl::TimeZone::TimeInfo info = zone.At(local);
    if (info.kind == absl::TimeZone::TimeInfo::SKIPPED) return;
    const absl::Time read = calendar.InstantOf(local);
    ++checked;
    ASSERT_TRUE(read == info.pre || read == info.post)
        << fmt::format("{}: {} was read as {}", GetParam(), absl::FormatCivilTime(local),
                       absl::FormatTime(read, zone));
    if (info.kind == absl::TimeZone::TimeInfo::UNIQUE) {
      ASSERT_EQ(read, info.pre);
    }
  };
  absl::TimeZone::CivilTransition change;
  absl::Time at = Utc(2024, 1, 2);
  while (zone.NextTransition(at, &change) && change.to < absl::CivilSecond(2037, 12, 1)) {
    const absl::CivilSecond middle = absl::CivilHour(change.from);
    for (int half = -3 * 24; half < 3 * 24; ++half) check(middle + half * 1800);
    at = zone.At(change.to).trans;
  }
  for (absl::CivilDay day(2024, 2, 1); day < absl::CivilDay(2037, 12, 1); day += 7) {
    check(absl::CivilSecond(day) + 15 * 3600);
  }
  EXPECT_GE(checked, 700);
}

}  // namespace
}  // namespace gavel::feed
