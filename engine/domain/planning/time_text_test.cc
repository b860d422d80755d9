#include "engine/domain/planning/time_text.h"

#include <gtest/gtest.h>

#include "engine/domain/planning/planning_testing.h"

namespace gavel {
namespace {

using planning_test::At;
using planning_test::Berlin;

TEST(TimeTextTest, ReadsAsPeopleWriteIt) {
  const BusinessCalendar& calendar = Berlin();
  const absl::Time start = At(calendar, absl::CivilMinute(2026, 12, 3, 9, 5));
  EXPECT_EQ(DayText(absl::CivilDay(2026, 11, 26)), "Thu 26 Nov");
  EXPECT_EQ(DayText(absl::CivilDay(2026, 12, 3)), "Thu 3 Dec");
  EXPECT_EQ(DayYearText(absl::CivilDay(2027, 1, 31)), "Sun 31 Jan 2027");
  EXPECT_EQ(ClockText(start, calendar.zone()), "09:05");
  EXPECT_EQ(TimeText(start, calendar.zone()), "Thu 3 Dec 09:05");
  EXPECT_EQ(ZonedTimeText(start, calendar.zone()), "Thu 3 Dec 09:05 (Europe/Berlin)");
  EXPECT_EQ(SpanText(start, start + absl::Minutes(50), calendar.zone()),
            "Thu 3 Dec 09:05-09:55 (Europe/Berlin)");
}

TEST(TimeTextTest, AnotherYearIsNamed) {
  const absl::TimeZone& zone = Berlin().zone();
  const absl::Time december = At(Berlin(), absl::CivilMinute(2026, 12, 31, 23, 30));
  const absl::Time january = december + absl::Hours(1);
  EXPECT_EQ(TimeText(december, zone, december - absl::Hours(24)), "Thu 31 Dec 23:30");
  EXPECT_EQ(TimeText(january, zone, december), "Fri 1 Jan 2027 00:30");
  EXPECT_EQ(TimeText(december, zone, january), "Thu 31 Dec 2026 23:30");
  EXPECT_EQ(ZonedTimeText(january, zone, december), "Fri 1 Jan 2027 00:30 (Europe/Berlin)");
  EXPECT_EQ(DayText(absl::CivilDay(2027, 1, 4), absl::CivilDay(2026, 12, 10)), "Mon 4 Jan 2027");
  EXPECT_EQ(DayText(absl::CivilDay(2026, 1, 5), absl::CivilDay(2026, 12, 10)), "Mon 5 Jan");
}

TEST(TimeTextTest, SpanOverMidnightNamesBothDays) {
  const BusinessCalendar& calendar = Berlin();
  const absl::Time start = At(calendar, absl::CivilMinute(2026, 12, 31, 23, 30));
  EXPECT_EQ(SpanText(start, start + absl::Hours(1), calendar.zone()),
            "Thu 31 Dec 23:30-Fri 1 Jan 00:30 (Europe/Berlin)");
}

}  // namespace
}  // namespace gavel
