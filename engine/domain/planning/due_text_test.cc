#include "engine/domain/planning/due_text.h"

#include <gtest/gtest.h>

#include "engine/domain/planning/planning_testing.h"

namespace gavel {
namespace {

using absl::CivilDay;

// 26 November 2026 is a Thursday.
struct Row {
  const char* name;
  CivilDay due;
  int due_hour;
  CivilDay now;
  int now_hour;
  const char* text;
};

void PrintTo(const Row& row, std::ostream* os) { *os << row.name; }

class DueTextTest : public ::testing::TestWithParam<Row> {};

TEST_P(DueTextTest, SaysHowManyWorkingDays) {
  const Row& row = GetParam();
  const BusinessCalendar berlin = planning_test::CalendarIn("Europe/Berlin");
  EXPECT_EQ(DueText(berlin, berlin.LocalTime(row.due, row.due_hour * 60),
                    berlin.LocalTime(row.now, row.now_hour * 60)),
            row.text);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, DueTextTest,
    ::testing::Values(
        Row{"LaterToday", CivilDay(2026, 11, 26), 15, CivilDay(2026, 11, 26), 9, "due today"},
        Row{"Tomorrow", CivilDay(2026, 11, 27), 9, CivilDay(2026, 11, 26), 18,
            "1 working day left"},
        Row{"OverTheWeekend", CivilDay(2026, 11, 30), 9, CivilDay(2026, 11, 27), 9,
            "1 working day left"},
        Row{"InAWeek", CivilDay(2026, 12, 3), 9, CivilDay(2026, 11, 26), 9, "5 working days left"},
        Row{"OnASaturday", CivilDay(2026, 11, 28), 9, CivilDay(2026, 11, 27), 9, "due Sat 28 Nov"},
        Row{"EarlierToday", CivilDay(2026, 11, 26), 9, CivilDay(2026, 11, 26), 15, "overdue today"},
        Row{"Yesterday", CivilDay(2026, 11, 26), 9, CivilDay(2026, 11, 27), 8,
            "1 working day overdue"},
        Row{"OnFridaySeenOnSunday", CivilDay(2026, 11, 27), 9, CivilDay(2026, 11, 29), 8,
            "overdue"},
        Row{"TwoWorkingDaysAgo", CivilDay(2026, 11, 26), 9, CivilDay(2026, 11, 30), 8,
            "2 working days overdue"}));

TEST(DueTextOfNothing, NoDeadlineIsNoText) {
  const BusinessCalendar berlin = planning_test::CalendarIn("Europe/Berlin");
  EXPECT_EQ(DueText(berlin, absl::InfiniteFuture(), absl::UnixEpoch()), "");
}

}  // namespace
}  // namespace gavel
