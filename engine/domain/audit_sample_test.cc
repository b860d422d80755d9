#include "engine/domain/audit_sample.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "fmt/format.h"

namespace gavel {
namespace {

constexpr std::string_view kKey = "a secret of thirty-two bytes ...";

v1::ReviewEnd Approval(int number, int ordinal, int percent) {
  v1::ReviewEnd approval;
  approval.set_spec(fmt::format("MEDIA-{}", number));
  approval.set_ordinal(ordinal);
  approval.set_audit_percent(percent);
  return approval;
}

std::set<int> Drawn(int percent, std::string_view key, int from = 1, int to = 20000) {
  std::set<int> drawn;
  for (int i = from; i <= to; ++i) {
    if (!DrawnBy(Approval(i, 31, percent), key).empty()) drawn.insert(i);
  }
  return drawn;
}

TEST(AuditSampleTest, TheFirstThirtyApprovalsOfARuleAreAllDrawn) {
  for (int i = 1; i <= 30; ++i) EXPECT_EQ(DrawnBy(Approval(i, i, 0), kKey), "first 30") << i;
  int missed = 0;
  for (int i = 31; i <= 60; ++i) missed += DrawnBy(Approval(i, i, 10), kKey).empty() ? 1 : 0;
  EXPECT_GT(missed, 15);
}

// Four standard deviations of a binomial draw of 20,000.
TEST(AuditSampleTest, AboutTheRulesShareIsDrawnAfterwards) {
  EXPECT_NEAR(static_cast<double>(Drawn(10, kKey).size()), 2000, 170);
  EXPECT_NEAR(static_cast<double>(Drawn(50, kKey).size()), 10000, 290);
  EXPECT_EQ(Drawn(100, kKey).size(), 20000u);
}

TEST(AuditSampleTest, NeverLessThanFivePercent) {
  EXPECT_EQ(Drawn(0, kKey), Drawn(5, kKey));
  EXPECT_NEAR(static_cast<double>(Drawn(0, kKey).size()), 1000, 125);
}

TEST(AuditSampleTest, AHigherRateOnlyAddsSpecs) {
  const std::set<int> few = Drawn(10, kKey);
  const std::set<int> many = Drawn(30, kKey);
  for (const int spec : few) EXPECT_TRUE(many.count(spec) == 1) << spec;
}

TEST(AuditSampleTest, TheSameKeyDrawsTheSameAndAnotherKeyOthers) {
  EXPECT_EQ(Drawn(10, kKey), Drawn(10, kKey));
  EXPECT_NE(Drawn(10, kKey), Drawn(10, "another secret"));
}

TEST(AuditSampleTest, TheBytesOfTheSpecDoNotMatter) {
  v1::ReviewEnd approval = Approval(7, 31, 10);
  const std::string_view before = DrawnBy(approval, kKey);
  approval.set_content_hash("another");
  approval.set_words(9000);
  EXPECT_EQ(DrawnBy(approval, kKey), before);
}

TEST(AuditSampleTest, TheFirstOfAMonthIsDrawnWhereTheSampleLeavesItOut) {
  const std::set<int> sample = Drawn(5, kKey, 1, 200);
  for (int i = 1; i <= 200; ++i) {
    v1::ReviewEnd approval = Approval(i, 31, 5);
    approval.set_first_of_month(true);
    EXPECT_EQ(DrawnBy(approval, kKey), sample.count(i) == 1 ? "sample" : "first of the month");
  }
}

}  // namespace
}  // namespace gavel
