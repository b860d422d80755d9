// Small histories whose waits are worked out by hand: the cut-off is Monday 12:00 UTC before a
// meeting on Thursday 15:00 UTC. 2024-03-04 is a Monday.
#include "engine/simulation/simulate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/base/error.h"
#include "engine/simulation/testing_history.h"

namespace gavel::simulation {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

constexpr double kMinute = 1.0 / (24 * 60);

Report Played(const std::vector<Line>& lines, const Settings& settings = {}) {
  const auto report = Simulate(HistoryOf(lines), settings);
  EXPECT_TRUE(report.ok()) << report.status();
  return report.ok() ? *report : Report();
}

// Nothing is lost: a demand was heard, was refused, or waits.
void ExpectConserved(const Report& report) {
  EXPECT_EQ(report.demands, report.decided + report.refused_demands + report.waiting);
}

// `2024-03-07 A approved, B rejected`: the meetings that were held.
std::vector<std::string> HeldOf(const Report& report) {
  std::vector<std::string> held;
  for (const ReportMeeting& meeting : report.agendas) {
    if (!meeting.held) continue;
    std::string line = meeting.day;
    for (const ReportItem& item : meeting.items) {
      line += (&item == &meeting.items.front() ? " " : ", ") + item.spec + " " + item.outcome;
    }
    held.push_back(line);
  }
  return held;
}

TEST(SimulateTest, WhoIsReadyBeforeTheCutOffIsHeardThatWeek) {
  const Report report = Played({{"2024-03-01T00:00:00Z", "submitted", "A"},
                                {"2024-03-04T11:00:00Z", "review_ended", "A"},
                                {"2024-03-20T00:00:00Z", "decided", "A", "accepted"}});
  EXPECT_THAT(HeldOf(report), ElementsAre("2024-03-07 A approved"));
  EXPECT_NEAR(report.median_wait_days, 3 + 4.0 / 24, kMinute);
  EXPECT_EQ(report.longest_queue, 1);
  EXPECT_EQ(report.meetings, 1);
  EXPECT_NEAR(report.utilisation, 15.0 / 50, 1e-9);
  ExpectConserved(report);
}

TEST(SimulateTest, WhoIsReadyAfterTheCutOffWaitsForTheNextOne) {
  const Report report = Played({{"2024-03-01T00:00:00Z", "submitted", "A"},
                                {"2024-03-04T13:00:00Z", "review_ended", "A"},
                                {"2024-03-20T00:00:00Z", "decided", "A", "rejected"}});
  EXPECT_THAT(HeldOf(report), ElementsAre("2024-03-14 A rejected"));
  EXPECT_NEAR(report.p90_wait_days, 10 + 2.0 / 24, kMinute);
  EXPECT_EQ(report.cancelled, 1) << "the week of the 7th";
  ASSERT_THAT(report.agendas, SizeIs(2));
  EXPECT_EQ(report.agendas[0].reason, "nothing needed the room");
}

TEST(SimulateTest, EveryVerdictHasItsOutcome) {
  const Report report = Played({{"2024-03-01T00:00:00Z", "submitted", "A"},
                                {"2024-03-01T00:00:01Z", "submitted", "B"},
                                {"2024-03-01T00:00:02Z", "submitted", "C"},
                                {"2024-03-01T00:00:03Z", "submitted", "D"},
                                {"2024-03-01T10:00:00Z", "review_ended", "A"},
                                {"2024-03-01T10:00:00Z", "decided", "A", "accepted_with_changes"},
                                {"2024-03-01T11:00:00Z", "review_ended", "B"},
                                {"2024-03-01T11:00:00Z", "decided", "B", "returned_for_revision"},
                                {"2024-03-01T12:00:00Z", "review_ended", "C"},
                                {"2024-03-01T12:00:00Z", "decided", "C", "deferred"},
                                {"2024-03-01T13:00:00Z", "review_ended", "D"}});
  EXPECT_THAT(HeldOf(report),
              ElementsAre("2024-03-07 A approved with conditions, B back to its author, C deferred",
                          "2024-03-14 D back to its author"));
  EXPECT_EQ(report.longest_queue, 4);
  EXPECT_THAT(report.refusals, IsEmpty());
}

TEST(SimulateTest, SeveralRoundsOfOneSpec) {
  const Report report = Played({{"2024-03-01T00:00:00Z", "submitted", "A"},
                                {"2024-03-01T10:00:00Z", "review_ended", "A"},
                                {"2024-03-01T11:00:00Z", "decided", "A", "returned_for_revision"},
                                {"2024-03-12T10:00:00Z", "review_ended", "A"},
                                {"2024-03-12T11:00:00Z", "decided", "A", "deferred"},
                                {"2024-04-02T10:00:00Z", "review_ended", "A"},
                                {"2024-04-02T11:00:00Z", "decided", "A", "accepted"},
                                {"2024-05-01T10:00:00Z", "review_ended", "A"},
                                {"2024-05-01T11:00:00Z", "decided", "A", "rejected"},
                                {"2024-06-03T10:00:00Z", "submitted", "A"},
                                {"2024-06-05T10:00:00Z", "review_ended", "A"},
                                {"2024-06-05T11:00:00Z", "decided", "A", "accepted"}});
  EXPECT_THAT(HeldOf(report), ElementsAre("2024-03-07 A back to its author",
                                          "2024-03-21 A deferred", "2024-04-11 A approved",
                                          "2024-05-09 A rejected", "2024-06-13 A approved"));
  EXPECT_EQ(report.demands, 5);
  EXPECT_THAT(report.refusals, IsEmpty());
  ExpectConserved(report);
}

// A spec stands in the queue once: its next round waits until the room has had the one before.
TEST(SimulateTest, ALaterRoundWaitsForTheEarlierOne) {
  const Report report = Played({{"2024-03-01T00:00:00Z", "submitted", "A"},
                                {"2024-03-05T10:00:00Z", "review_ended", "A"},
                                {"2024-03-06T10:00:00Z", "review_ended", "A"},
                                {"2024-03-06T11:00:00Z", "withdrawn", "A"}});
  EXPECT_THAT(HeldOf(report),
              ElementsAre("2024-03-14 A back to its author", "2024-03-21 A back to its author"));
  EXPECT_EQ(report.longest_queue, 2);
  EXPECT_NEAR(report.p90_wait_days, 15 + 5.0 / 24, kMinute);
  EXPECT_THAT(report.refusals, IsEmpty()) << "and is withdrawn then";
}

TEST(SimulateTest, DecisionsWithoutAReviewNeedNoRoom) {
  const Report report = Played({{"2024-03-01T00:00:00Z", "submitted", "A"},
                                {"2024-03-01T00:00:00Z", "submitted", "B"},
                                {"2024-03-01T00:00:00Z", "submitted", "C"},
                                {"2024-03-01T00:00:00Z", "submitted", "D"},
                                {"2024-03-02T00:00:00Z", "decided", "A", "accepted"},
                                {"2024-03-02T00:00:00Z", "decided", "B", "rejected"},
                                {"2024-03-02T00:00:00Z", "decided", "C", "deferred"},
                                {"2024-03-02T00:00:00Z", "decided", "D", "returned_for_revision"},
                                {"2024-03-03T00:00:00Z", "decided", "A", "accepted"},
                                {"2024-03-03T00:00:00Z", "decided", "B", "accepted"},
                                {"2024-03-03T00:00:00Z", "decided", "C", "rejected"},
                                {"2024-03-03T00:00:00Z", "decided", "D", "accepted"},
                                {"2024-03-12T10:00:00Z", "review_ended", "D"}});
  EXPECT_EQ(report.without_room, 8);
  EXPECT_EQ(report.demands, 1);
  EXPECT_THAT(report.refusals, IsEmpty());
}

TEST(SimulateTest, WhatTheLifecycleRefusesIsCountedWithItsReason) {
  const Report report = Played({{"2024-03-01T00:00:00Z", "submitted", "A"},
                                {"2024-03-01T00:00:00Z", "submitted", "B"},
                                {"2024-03-02T00:00:00Z", "review_ended", "A"},
                                {"2024-03-02T00:00:00Z", "decided", "A", "accepted"},
                                {"2024-03-20T00:00:00Z", "withdrawn", "A"},
                                {"2024-03-20T00:00:00Z", "superseded", "A"},
                                {"2024-03-21T00:00:00Z", "withdrawn", "B"},
                                {"2024-03-22T00:00:00Z", "withdrawn", "B"},
                                {"2024-03-23T00:00:00Z", "decided", "B", "accepted"}});
  EXPECT_EQ(report.refused, 3);
  ASSERT_THAT(report.refusals, SizeIs(2));
  EXPECT_EQ(report.refusals[0].what, "withdrawn");
  EXPECT_EQ(report.refusals[0].count, 2);
  EXPECT_THAT(report.refusals[0].example, testing::StartsWith("test.jsonl:5 A: "));
  EXPECT_EQ(report.without_room, 1) << "B is reopened and decided";
  EXPECT_EQ(report.refused_demands, 0);
}

// Once a year the engine wakes what was deferred; the history does not, so it waits on.
TEST(SimulateTest, ADeferredSpecWaitsForItsHistory) {
  const Report report = Played({{"2024-03-01T00:00:00Z", "submitted", "A"},
                                {"2024-03-02T00:00:00Z", "decided", "A", "deferred"},
                                {"2027-03-02T00:00:00Z", "review_ended", "A"},
                                {"2027-03-02T00:00:00Z", "decided", "A", "accepted"}});
  EXPECT_THAT(HeldOf(report), ElementsAre("2027-03-11 A approved"));
  EXPECT_EQ(report.cancelled, 157);
}

TEST(SimulateTest, ABurstInOneSecondLosesNothing) {
  std::vector<Line> lines;
  for (int i = 0; i < 27; ++i) {
    lines.push_back({"2024-03-01T00:00:00Z", "submitted", fmt::format("A-{}", i)});
  }
  for (int i = 0; i < 27; ++i) {
    lines.push_back({"2024-03-01T10:00:00Z", "review_ended", fmt::format("A-{}", i)});
  }
  const Report report = Played(lines);
  ExpectConserved(report);
  EXPECT_EQ(report.decided, 27);
  EXPECT_EQ(report.longest_queue, 27);
  EXPECT_EQ(report.meetings, 9);
  EXPECT_EQ(report.cancelled, 0);
  EXPECT_EQ(report.most_items, 3);
  EXPECT_NEAR(report.utilisation, 45.0 / 50, 1e-9);
}

struct SettingRow {
  const char* name;
  Settings settings;
  int meetings;  // For six that are ready at once.
  int most_items;
};
void PrintTo(const SettingRow& row, std::ostream* os) { *os << row.name; }

class Capacities : public testing::TestWithParam<SettingRow> {};

TEST_P(Capacities, AreNeverExceeded) {
  std::vector<Line> lines;
  for (const char* const spec : {"A", "B", "C", "D", "E", "F"}) {
    lines.push_back({"2024-03-01T00:00:00Z", "submitted", spec});
  }
  for (const char* const spec : {"A", "B", "C", "D", "E", "F"}) {
    lines.push_back({"2024-03-01T10:00:00Z", "review_ended", spec});
  }
  const Report report = Played(lines, GetParam().settings);
  EXPECT_EQ(report.meetings, GetParam().meetings);
  EXPECT_EQ(report.most_items, GetParam().most_items);
  EXPECT_EQ(report.decided, 6);
  ExpectConserved(report);
}

INSTANTIATE_TEST_SUITE_P(Rows, Capacities,
                         testing::Values(SettingRow{"One", {.capacity = 1}, 6, 1},
                                         SettingRow{"Two", {.capacity = 2}, 3, 2},
                                         SettingRow{"Three", {.capacity = 3}, 2, 3},
                                         SettingRow{"QuartersOfAnHour", {.timebox_min = 15}, 2, 3},
                                         SettingRow{"TwoFitAnHour", {.timebox_min = 25}, 3, 2},
                                         SettingRow{"OneFitsAnHour", {.timebox_min = 45}, 6, 1}),
                         [](const auto& row) { return row.param.name; });

TEST(SimulateTest, APeriodStopsTheClock) {
  const std::vector<Line> lines = {{"2024-03-01T00:00:00Z", "submitted", "A"},
                                   {"2024-03-01T10:00:00Z", "review_ended", "A"},
                                   {"2024-03-05T10:00:00Z", "submitted", "B"},
                                   {"2024-03-05T11:00:00Z", "review_ended", "B"},
                                   {"2024-03-11T11:00:00Z", "submitted", "C"}};
  const Report report = Played(lines, {.period = {.to = absl::CivilDay(2024, 3, 10)}});
  EXPECT_EQ(report.specs, 2);
  EXPECT_EQ(report.decided, 1);
  EXPECT_EQ(report.waiting, 1);
  EXPECT_EQ(Played(lines, {.period = {.from = absl::CivilDay(2024, 3, 5)}}).specs, 2);
  const auto none = Simulate(HistoryOf(lines), {.period = {.from = absl::CivilDay(2024, 4, 1)}});
  EXPECT_EQ(none.status().code(), absl::StatusCode::kInvalidArgument);
}

TEST(SimulateTest, WeekdayAndZoneMoveTheMeeting) {
  const std::vector<Line> lines = {{"2024-03-01T00:00:00Z", "submitted", "A"},
                                   {"2024-03-01T10:00:00Z", "review_ended", "A"}};
  const Report report = Played(lines, {.weekday = "wed", .zone = "America/New_York"});
  EXPECT_THAT(HeldOf(report), ElementsAre("2024-03-06 A back to its author"));
  EXPECT_NEAR(report.median_wait_days, 5 + 10.0 / 24, kMinute) << "15:00 there is 20:00 UTC";
}

TEST(SimulateTest, SettingsThatNoPolicyMayHaveAreRefused) {
  const History history = HistoryOf({{"2024-03-01T00:00:00Z", "submitted", "A"}});
  for (const Settings& settings : {Settings{.capacity = 4}, Settings{.timebox_min = 0},
                                   Settings{.zone = "Moon/Base"}, Settings{.weekday = "someday"}}) {
    EXPECT_EQ(ErrorReasonOf(Simulate(history, settings).status()), "POLICY_INVALID");
  }
}

TEST(SimulateTest, EqualArgumentsEqualReport) {
  const std::vector<Line> lines = {{"2024-03-01T00:00:00Z", "submitted", "A"},
                                   {"2024-03-01T10:00:00Z", "review_ended", "A"},
                                   {"2024-03-01T10:00:00Z", "submitted", "B"},
                                   {"2024-03-06T10:00:00Z", "review_ended", "B"}};
  EXPECT_EQ(HeldOf(Played(lines)), HeldOf(Played(lines)));
}

TEST(SimulateTest, ReportsHowFarItIs) {
  std::vector<size_t> done;
  const auto report = Simulate(HistoryOf({{"2024-03-01T00:00:00Z", "submitted", "A"},
                                          {"2024-03-01T10:00:00Z", "review_ended", "A"}}),
                               {}, [&](absl::Time, size_t steps, size_t all) {
                                 done.push_back(steps);
                                 EXPECT_EQ(all, 2u);
                               });
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_THAT(done, testing::Contains(2u));
}

TEST(PercentileTest, IsTheNearestRank) {
  EXPECT_EQ(Percentile({}, 0.5), 0);
  EXPECT_EQ(Percentile({7}, 0.9), 7);
  EXPECT_EQ(Percentile({4, 1, 3, 2}, 0.5), 2);
  EXPECT_EQ(Percentile({5, 1, 4, 2, 3}, 0.5), 3);
  EXPECT_EQ(Percentile({10, 9, 8, 7, 6, 5, 4, 3, 2, 1}, 0.9), 9);
}

}  // namespace
}  // namespace gavel::simulation
