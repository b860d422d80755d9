#include <gtest/gtest.h>

#include <limits>

#include "rules/backtest/backtest.h"
#include "rules/backtest/test_cases.h"

namespace gavel::rules {
namespace {

bool Changes(std::string_view from, std::string_view to) {
  const auto before = Reviewed({}).facts();
  return IsMaterialChange(before, Reviewed({.text = Edited(BoringSpec(), from, to)}).facts());
}

TEST(MaterialChange, IsWhatRulesMd311Lists) {
  EXPECT_TRUE(Changes("postgres/standard-m", "postgres/standard-s")) << "another tier";
  EXPECT_TRUE(Changes("  - {use: k8s/standard}\n", "")) << "one dependency less";
  EXPECT_TRUE(Changes("classification: internal", "classification: public"));
  EXPECT_TRUE(Changes("[us-east]", "[us-east, eu-west]"));
  EXPECT_TRUE(Changes("high: 900", "high: 1350")) << "cost by half";
}

TEST(MaterialChange, IsNoNit) {
  EXPECT_FALSE(Changes("high: 900", "high: 1349"));
  EXPECT_FALSE(Changes("high: 900", "high: 500")) << "cheaper";
  EXPECT_FALSE(Changes("reversible: true", "reversible: false"));
  EXPECT_FALSE(Changes("Nothing is written to the replica", "Nobody writes to the replica"));
  EXPECT_FALSE(Changes("for: ledger reads", "for: reports"));
  EXPECT_FALSE(Changes("{low: 400, high: 900}", "unknown")) << "knowing less is no new plan";
}

TEST(MaterialChange, DoesNotMindTheOrderOfDependencies) {
  v1::PackedFacts before = Reviewed({}).facts();
  v1::PackedFacts after = before;
  after.mutable_dependencies()->SwapElements(0, 1);
  EXPECT_FALSE(IsMaterialChange(before, after));
}

TEST(MaterialChange, HoldsAtTheEndsOfMoney) {
  v1::PackedFacts before = Reviewed({}).facts();
  v1::PackedFacts after = before;
  before.set_cost_high(0);
  after.set_cost_high(0);
  EXPECT_FALSE(IsMaterialChange(before, after));
  after.set_cost_high(1);
  EXPECT_TRUE(IsMaterialChange(before, after));
  before.set_cost_high(std::numeric_limits<int64_t>::max() - 1);
  after.set_cost_high(std::numeric_limits<int64_t>::max());
  EXPECT_FALSE(IsMaterialChange(before, after));
}

}  // namespace
}  // namespace gavel::rules
