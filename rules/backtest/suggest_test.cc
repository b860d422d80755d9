#include "rules/backtest/suggest.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rules/backtest/backtest.h"
#include "rules/backtest/box_search.h"
#include "rules/backtest/test_cases.h"
#include "rules/compile/policy_files.h"

namespace gavel::rules {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

std::string Boring(std::string_view from, std::string_view to) {
  return Edited(BoringSpec(), from, to);
}

std::shared_ptr<const Policy> WithoutAutoRule() {
  return WorkedWith("state: enforce\n    review_by: 2027-03-31",
                    "state: shadow\n    review_by: 2027-03-31");
}

// 200 reviews over 200 days: on standard tiers nothing ever went wrong, on s3/glacier every third.
std::vector<v1::ReviewCase> History() {
  const std::string special = Boring("postgres/standard-m", "s3/glacier");
  std::vector<v1::ReviewCase> reviews;
  for (int i = 0; i < 200; ++i) {
    Past past{.spec = "MEDIA-" + std::to_string(i), .day = Today() - 200 + i};
    if (i % 2 == 1) past.text = special;
    if (i % 6 == 1) past.harms = {v1::ReviewCase::HARM_REJECTED};
    v1::ReviewCase review = Reviewed(past);
    review.set_team(static_cast<uint64_t>(i % 5 + 1));
    reviews.push_back(std::move(review));
  }
  return reviews;
}

v1::SuggestionReport Mine(const std::shared_ptr<const Policy>& live,
                          const std::vector<v1::ReviewCase>& reviews, int64_t min_support = 30) {
  auto report = Suggest(live, reviews, {.min_support = min_support, .today = Today()});
  EXPECT_TRUE(report.ok()) << report.status();
  return report.ok() ? *report : v1::SuggestionReport();
}

// `live` with `rule` appended to its rules and enforced.
std::shared_ptr<const Policy> Enforced(const Policy& live, const std::string& rule) {
  v1::PolicySource source = live.source();
  source.mutable_files()->erase("rules.test.yaml");
  (*source.mutable_files())["rules.yaml"] += Edited(
      rule, "state: shadow\n",
      "state: enforce\n    waives: {fields: [deps.storage, deps.compute, deps.other, "
      "data.classification, data.personal, cost.monthly_usd, change.reversible, detect.coverage], "
      "why: test}\n");
  const auto policy = CompilePolicy(source, live.published());
  EXPECT_TRUE(policy.ok()) << policy.status() << rule;
  return policy.ok() ? *policy : nullptr;
}

TEST(Suggest, FindsTheRuleThatHistoryHides) {
  const auto live = WithoutAutoRule();
  const auto report = Mine(live, History());
  ASSERT_FALSE(report.rules().empty());
  const v1::RuleSuggestion& rule = report.rules(0);
  EXPECT_EQ(rule.support(), 70) << "every review on standard tiers of the first 140";
  EXPECT_EQ(rule.held_out(), 30);
  EXPECT_EQ(rule.held_out_harmed(), 0);
  EXPECT_THAT(rule.yaml(), HasSubstr("deps.storage: {only_in: \"@standard\""));
  EXPECT_THAT(rule.yaml(), HasSubstr("state: shadow"));
  EXPECT_EQ(DayOf(report.held_out_since()), Today() - 60);
}

TEST(Suggest, DraftsCompileAsRulesOfThePolicyAndDoWhatTheyClaim) {
  const auto live = WithoutAutoRule();
  const auto report = Mine(live, History());
  for (const v1::RuleSuggestion& rule : report.rules()) {
    const auto policy = Enforced(*live, rule.yaml());
    ASSERT_NE(policy, nullptr);
    Backtest backtest(Timeline(std::make_shared<const FastPolicy>(live)),
                      Timeline(std::make_shared<const FastPolicy>(policy)), {});
    for (const v1::ReviewCase& review : History()) {
      if (review.submitted_day() < DayOf(report.held_out_since())) backtest.Add(review);
    }
    EXPECT_EQ(backtest.Finish().newly_auto(), rule.support()) << rule.yaml();
  }
}

TEST(Suggest, IsSilentWithoutEnoughReviews) {
  auto reviews = History();
  reviews.resize(40);  // 28 to learn from.
  EXPECT_THAT(Mine(WithoutAutoRule(), reviews).rules(), IsEmpty());
  EXPECT_THAT(Mine(WithoutAutoRule(), {}).rules(), IsEmpty());
  EXPECT_THAT(Mine(WithoutAutoRule(), {}).lines(), Contains(HasSubstr("No draft rule")));
}

TEST(Suggest, LeavesAloneWhatIsAutomaticAlready) {
  const auto report = Mine(WorkedPolicy(), History());
  EXPECT_THAT(report.rules(), IsEmpty()) << report.rules(0).yaml();
}

TEST(Suggest, IsTheSameTwice) {
  const auto live = WithoutAutoRule();
  EXPECT_EQ(Mine(live, History()).SerializeAsString(), Mine(live, History()).SerializeAsString());
}

TEST(Suggest, AsksToMakeATierStandardThatPeopleKeepApproving) {
  auto reviews = History();
  EXPECT_THAT(Mine(WorkedPolicy(), reviews).promotions(), SizeIs(1));
  EXPECT_THAT(Mine(WorkedPolicy(), reviews).promotions(0).text(),
              HasSubstr("`s3/glacier` appeared in 100 approved specs of 5 teams, 0 blocking"));
  reviews[1].add_harms(v1::ReviewCase::HARM_BLOCKING_CONCERN);
  EXPECT_THAT(Mine(WorkedPolicy(), reviews).promotions(), IsEmpty());
  for (v1::ReviewCase& review : reviews = History()) review.set_team(1);
  EXPECT_THAT(Mine(WorkedPolicy(), reviews).promotions(), IsEmpty()) << "one team's habit";
}

TEST(Suggest, NamesTheConditionThatAloneKeptSpecsFromApproval) {
  std::vector<v1::ReviewCase> reviews;
  for (int i = 0; i < 6; ++i) {
    reviews.push_back(Reviewed({.spec = "A-" + std::to_string(i),
                                .text = Boring("high: 900", "high: 2300")}));
  }
  reviews[0].add_harms(v1::ReviewCase::HARM_REJECTED);
  // Two tests fail here, so none of them alone; and here a requirement does it alone.
  reviews.push_back(Reviewed({.text = Edited(Boring("high: 900", "high: 2300"),
                                             "reversible: true", "reversible: false")}));
  reviews.push_back(
      Reviewed({.spec = "B-1", .text = Boring("Nothing is written", "kafka. Nothing is written")}));
  const auto report = Mine(WorkedPolicy(), reviews);
  ASSERT_THAT(report.near_misses(), SizeIs(2));
  const v1::NearMiss& cost = report.near_misses(0);
  EXPECT_EQ(cost.rule(), "auto/standard-tiers");
  EXPECT_EQ(cost.path(), "all[5]");
  EXPECT_EQ(cost.condition(), "cost.monthly_usd lte 2,000 USD");
  EXPECT_EQ(cost.specs(), 6);
  EXPECT_EQ(cost.harmed(), 1);
  EXPECT_EQ(cost.share_percent(), 75.0);
  EXPECT_THAT(cost.examples(), SizeIs(5));
  EXPECT_EQ(report.near_misses(1).rule(), "review/undeclared-dependency");
  EXPECT_THAT(report.near_misses(1).examples(), Contains("B-1"));
}

TEST(BitsTest, CountsWhatIsInBoth) {
  Bits a(130), b(130, true);
  for (const size_t i : {0u, 63u, 64u, 129u}) a.Set(i);
  EXPECT_EQ(b.Count(), 130);
  EXPECT_EQ(a.CountWith(b), 4);
  EXPECT_TRUE(a.IsWithin(b));
  EXPECT_FALSE(b.IsWithin(a));
  EXPECT_EQ((a & b), a);
  EXPECT_TRUE(a.Has(129));
  EXPECT_FALSE(a.Has(128));
}

}  // namespace
}  // namespace gavel::rules
