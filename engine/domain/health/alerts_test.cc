#include "engine/domain/health/alerts.h"

#include <gtest/gtest.h>

namespace gavel::health {
namespace {

QueueAtCutOff Queue(const std::vector<int>& waits) {
  QueueAtCutOff queue;
  for (const int wait : waits) {
    queue.push_back({.spec = "MEDIA-" + std::to_string(queue.size() + 1), .occurrences = wait});
  }
  return queue;
}

TEST(BacklogTest, AMedianAboveTwoForFourWeeksIsOne) {
  struct Row {
    const char* name;
    std::vector<QueueAtCutOff> newest_first;
    bool backlog;
  };
  const QueueAtCutOff late = Queue({1, 3, 4});
  const QueueAtCutOff fine = Queue({1, 2, 9});
  const std::vector<Row> rows = {{"four weeks", {late, late, late, late}, true},
                                 {"three weeks", {late, late, late}, false},
                                 {"one of four is fine", {late, late, fine, late}, false},
                                 {"fine before that", {late, late, late, late, fine}, true},
                                 {"an empty queue", {late, Queue({}), late, late}, false}};
  for (const Row& row : rows) EXPECT_EQ(IsBacklog(row.newest_first), row.backlog) << row.name;
}

TEST(BacklogTest, ProposesARuleThenALongerWeekThenASplit) {
  BacklogFacts facts{.area_name = "Media",
                     .newest_first = std::vector<QueueAtCutOff>(4, Queue({3, 5, 4})),
                     .queued = 8,
                     .common = "the system uploads",
                     .in_common = 2};
  v1::NearMiss& miss = facts.near_miss.emplace();
  miss.set_rule("auto/standard-tiers");
  miss.set_condition("cost.monthly_usd at most 500");
  miss.set_specs(4);
  const v1::HealthAlert alert = Backlog(facts, absl::UnixEpoch());
  EXPECT_EQ(alert.kind(), "backlog");
  EXPECT_EQ(alert.text(),
            "Media: 3 specs wait for the room; for 4 weeks half of them have waited for more than "
            "2 meetings, now 4.");
  EXPECT_EQ(alert.specs(0), "MEDIA-2");  // Waits longest.
  ASSERT_EQ(alert.proposals_size(), 3);
  EXPECT_EQ(alert.proposals(0),
            "A rule: 4 of 8 queued specs (50 %) miss approval by one condition of "
            "auto/standard-tiers, cost.monthly_usd at most 500; 0 of them did harm. Try a change "
            "with `gavel rules backtest`.");
  EXPECT_EQ(alert.proposals(1),
            "One longer week: a session of 90 minutes, once (`gavel meeting session`); the usual "
            "60 minutes stay as they are.");
  EXPECT_EQ(alert.proposals(2),
            "A split by area: 2 of 3 queued specs are about the system uploads, which could have a "
            "meeting of its own.");
}

TEST(BacklogTest, WithoutANearMissItSaysSo) {
  const BacklogFacts facts{
      .area_name = "Media",
      .newest_first = std::vector<QueueAtCutOff>(4, Queue({3}))};
  const v1::HealthAlert alert = Backlog(facts, absl::UnixEpoch());
  EXPECT_EQ(alert.text(),
            "Media: 1 spec waits for the room; for 4 weeks half of them have waited for more than "
            "2 meetings, now 3.");
  EXPECT_EQ(alert.proposals(0).rfind("A rule: no single condition", 0), 0u);
  EXPECT_EQ(alert.proposals_size(), 3);
}

}  // namespace
}  // namespace gavel::health
