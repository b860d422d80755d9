#include "rules/backtest/backtest.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "rules/backtest/test_cases.h"

namespace gavel::rules {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

Timeline Always(const std::shared_ptr<const Policy>& policy) {
  return Timeline(std::make_shared<const FastPolicy>(policy));
}

// A company without an auto rule in force, as it was before.
std::shared_ptr<const Policy> Live() {
  return WorkedWith("state: enforce\n    review_by: 2027-03-31",
                    "state: shadow\n    review_by: 2027-03-31");
}

v1::BacktestReport Compare(const std::vector<v1::ReviewCase>& reviews,
                       const std::shared_ptr<const Policy>& live = Live(),
                       const std::shared_ptr<const Policy>& candidate = WorkedPolicy()) {
  Backtest backtest(Always(live), Always(candidate),
                    {.since_day = Today() - 365,
                     .until_day = Today(),
                     .live_source = "live",
                     .candidate_source = "candidate"});
  for (const v1::ReviewCase& review : reviews) backtest.Add(review);
  return backtest.Finish();
}

std::string Boring(std::string_view from, std::string_view to) {
  return Edited(BoringSpec(), from, to);
}

// `count` reviews that the worked organisation approves, of which the first `harmed` drew harm.
std::vector<v1::ReviewCase> Approvable(int count, int harmed) {
  std::vector<v1::ReviewCase> reviews;
  for (int i = 0; i < count; ++i) {
    Past past{.spec = "MEDIA-" + std::to_string(i + 1), .waited_days = i};
    if (i < harmed) past.harms = {v1::ReviewCase::HARM_BLOCKING_CONCERN};
    reviews.push_back(Reviewed(past));
  }
  return reviews;
}

TEST(Backtest, CountsEveryReviewInOneOfThreeBuckets) {
  const auto report = Compare({Reviewed({}), Reviewed({.text = Boring("high: 900", "high: 2500")}),
                           Reviewed({.text = Boring("{low: 400, high: 900}", "unknown")}),
                           Reviewed({.text = "# Old\n\nNo header.\n"}),
                           Reviewed({.text = Boring("high: 900", "high: 25000")})});
  const v1::BacktestCounts& candidate = report.candidate_counts();
  EXPECT_EQ(report.cases(), 5);
  EXPECT_EQ(candidate.auto_(), 1);
  EXPECT_EQ(candidate.not_auto(), 2);
  EXPECT_EQ(candidate.cannot_tell(), 2);
  EXPECT_EQ(candidate.async() + candidate.sync(), 4);
  EXPECT_GE(candidate.sync(), 1) << "over 20,000 USD is discussed";
  EXPECT_EQ(report.live_counts().auto_(), 0);
  EXPECT_EQ(report.live_counts().not_auto(), 5) << "without an auto rule nothing could be auto";
  ASSERT_FALSE(report.missing().empty());
  EXPECT_EQ(report.missing(0).field(), "cost.monthly_usd");
  EXPECT_EQ(report.missing(0).count(), 2);
  for (const auto& field : report.missing()) {
    EXPECT_LE(field.count(), candidate.cannot_tell()) << field.field() << " counted twice";
  }
}

TEST(Backtest, StatesTheHarmWithItsExactInterval) {
  const auto report = Compare(Approvable(41, 3));
  EXPECT_EQ(report.candidate_counts().auto_(), 41);
  EXPECT_EQ(report.decided(), 41);
  EXPECT_EQ(report.harmed(), 3);
  EXPECT_NEAR(report.harm_low_percent(), 1.5, 0.05);
  EXPECT_NEAR(report.harm_high_percent(), 19.9, 0.05);
  EXPECT_FALSE(report.gate_met());
  EXPECT_THAT(report.harm(), SizeIs(3));
  EXPECT_THAT(report.lines(), Contains(HasSubstr("95 % interval 1.5–19.9 %")));
  EXPECT_THAT(report.lines(), Contains(HasSubstr("NOT MET")));
  EXPECT_TRUE(Compare(Approvable(41, 0)).gate_met());
  EXPECT_FALSE(Compare(Approvable(29, 0)).gate_met());
}

TEST(Backtest, CountsAsDecidedOnlyWhatSomebodyLookedAt) {
  const auto report =
      Compare({Reviewed({.ending = v1::ReviewCase::ENDING_AUTO_APPROVED}),
           Reviewed({.ending = v1::ReviewCase::ENDING_AUTO_APPROVED,
                     .harms = {v1::ReviewCase::HARM_FAILED_AUDIT}}),
           Reviewed({.ending = v1::ReviewCase::ENDING_UNSPECIFIED}),
           Reviewed({.ending = v1::ReviewCase::ENDING_WITHDRAWN}), Reviewed({})});
  EXPECT_EQ(report.candidate_counts().auto_(), 5);
  EXPECT_EQ(report.decided(), 3);
  EXPECT_EQ(report.harmed(), 1);
}

TEST(Backtest, ListsWhatChangesBothWays) {
  const std::vector<v1::ReviewCase> reviews = {
      Reviewed({.spec = "A-1"}),
      Reviewed({.spec = "A-2", .text = Boring("high: 900", "high: 2300")}),
      Reviewed({.spec = "A-3", .text = Boring("high: 900", "high: 25000")})};
  const auto wider = WorkedWith("{lte: 2000}", "{lte: 2500}");
  const auto up = Compare(reviews, WorkedPolicy(), wider);
  EXPECT_EQ(up.changed(), 1);
  EXPECT_EQ(up.newly_auto(), 1);
  EXPECT_EQ(up.no_longer_auto(), 0);
  ASSERT_THAT(up.changes(), SizeIs(1));
  EXPECT_EQ(up.changes(0).spec(), "A-2");
  EXPECT_EQ(up.changes(0).live(), "async");
  EXPECT_EQ(up.changes(0).candidate(), "auto");
  EXPECT_THAT(up.newly_auto_from_sync(), IsEmpty());
  const auto down = Compare(reviews, wider, WorkedPolicy());
  EXPECT_EQ(down.newly_auto(), 0);
  EXPECT_EQ(down.no_longer_auto(), 1);
  EXPECT_EQ(Compare(reviews, wider, wider).changed(), 0);
}

TEST(Backtest, NamesWhatLiveSentToAMeeting) {
  const auto strict = WorkedWith("default: {mode: async}", "default: {mode: sync}");
  const auto wider = WorkedWith("{lte: 2000}", "{lte: 2500}");
  const auto report = Compare(
      {Reviewed({.spec = "A-2", .text = Boring("high: 900", "high: 2300")})}, strict, wider);
  EXPECT_THAT(report.newly_auto_from_sync(), ElementsAre("A-2"));
  EXPECT_THAT(report.lines(), Contains(HasSubstr("sent to sync: A-2")));
}

TEST(Backtest, AddsUpWhatItWouldHaveSaved) {
  auto reviews = Approvable(4, 0);  // Waited 0, 1, 2 and 3 days.
  reviews.push_back(Reviewed({.ending = v1::ReviewCase::ENDING_UNSPECIFIED, .waited_days = 99}));
  reviews.push_back(Reviewed({.text = Boring("high: 900", "high: 2500"), .waited_days = 99}));
  const auto report = Compare(reviews);
  EXPECT_EQ(report.median_days_saved(), 1.5);
  EXPECT_EQ(report.remarks_saved(), 8);
}

TEST(Backtest, ReportsFactsFilledInLaterSeparately) {
  auto reviews = Approvable(3, 1);
  for (v1::ReviewCase& review : reviews) review.set_backfilled(true);
  reviews.push_back(Reviewed({}));
  const auto report = Compare(reviews);
  EXPECT_EQ(report.backfilled(), 3);
  EXPECT_EQ(report.backfilled_auto(), 3);
  EXPECT_EQ(report.backfilled_decided(), 3);
  EXPECT_EQ(report.backfilled_harmed(), 1);
  EXPECT_EQ(report.decided(), 4);
}

TEST(Backtest, JudgesByTheTiersOfTheDay) {
  // standard-m is standard until 2027-06-30, the auto rule approves until 2027-03-31.
  const v1::ReviewCase review = Reviewed({});
  EXPECT_EQ(Compare({review}).candidate_counts().auto_(), 1);
  Backtest later(Always(WorkedPolicy()), Always(WorkedPolicy()),
                 {.since_day = 0, .until_day = Today(), .judge_day = DayOf(Day(2027, 7, 1))});
  later.Add(review);
  const auto report = later.Finish();
  EXPECT_EQ(report.candidate_counts().auto_(), 0);
  EXPECT_TRUE(report.catalog_today());
  EXPECT_THAT(report.lines(), Contains(HasSubstr("Counterfactual")));
}

TEST(Backtest, TakesTheCatalogOfTheDayFromTheTimeline) {
  const auto then = std::make_shared<const FastPolicy>(Live());
  const auto now = std::make_shared<const FastPolicy>(WorkedPolicy());
  Backtest backtest(Always(WorkedPolicy()),
                    Timeline({{.since_day = 0, .policy = then},
                              {.since_day = Today(), .policy = now}}),
                    {.since_day = 0, .until_day = Today()});
  backtest.Add(Reviewed({.day = Today() - 1}));
  backtest.Add(Reviewed({.day = Today()}));
  EXPECT_EQ(backtest.Finish().candidate_counts().auto_(), 1);
}

TEST(Backtest, IsNamedByItsContent) {
  const auto report = Compare(Approvable(3, 0));
  EXPECT_THAT(report.id(), SizeIs(64));
  EXPECT_EQ(report.id(), Compare(Approvable(3, 0)).id());
  EXPECT_NE(report.id(), Compare(Approvable(4, 0)).id());
  EXPECT_EQ(report.candidate_source(), "candidate");
}

TEST(Backtest, SaysWhatItCannotKnow) {
  EXPECT_THAT(Compare({}).lines(), Contains(HasSubstr("rubber stamps")));
  EXPECT_THAT(Compare({}).lines(), Contains(HasSubstr("none of them")));
  EXPECT_FALSE(Compare({}).gate_met());
}

}  // namespace
}  // namespace gavel::rules
