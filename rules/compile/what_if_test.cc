#include "rules/compile/what_if.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rules/compile/fact_setter.h"
#include "rules/evaluate.h"
#include "rules/test_policies.h"

namespace gavel::rules {
namespace {

using testing::HasSubstr;

std::string ErrorOf(const std::map<std::string, std::string>& changes) {
  v1::Facts facts = BlankFacts();
  return std::string(ApplyWhatIf(changes, *ShippedPolicy(), facts).message());
}

TEST(WhatIfTest, SetsFactsInTheWordsOfRuleTests) {
  v1::Facts facts = BlankFacts();
  ASSERT_TRUE(ApplyWhatIf({{"deps", "[pg/standard-m]"},
                           {"cost.monthly_usd", "{low: 100, high: 2500}"},
                           {"data.classification", "unknown"}},
                          *ShippedPolicy(), facts)
                  .ok());
  EXPECT_EQ(facts.dependencies().dependencies(0).product(), "postgres");
  EXPECT_EQ(facts.monthly_cost().high_cents(), 250'000);
  EXPECT_EQ(facts.classification().status(), v1::FACT_STATUS_STATED_UNKNOWN);
}

TEST(WhatIfTest, MarksWhatItChangedAndNothingElse) {
  v1::Facts facts = BlankFacts();
  ASSERT_TRUE(ApplyWhatIf({{"change.reversible", "false"}}, *ShippedPolicy(), facts).ok());
  EXPECT_EQ(facts.reversible().source().kind(), "what-if");
  EXPECT_EQ(facts.personal().source().kind(), "");
}

TEST(WhatIfTest, ExplanationsSayWhatIf) {
  v1::Facts facts = BlankFacts();
  ASSERT_TRUE(ApplyWhatIf({{"deps", "[postgres/dedicated-xl]"}}, *ShippedPolicy(), facts).ok());
  const v1::Verdict verdict = Evaluate(facts, *ShippedPolicy(), {});
  std::string from;
  for (const v1::RuleResult& rule : verdict.rules()) {
    for (const v1::LeafResult& leaf : rule.leaves()) {
      if (leaf.field() == "deps.storage") from = leaf.from();
    }
  }
  EXPECT_EQ(from, "what-if");
}

TEST(WhatIfTest, MistakesNameTheFactAndTheNearestName) {
  EXPECT_THAT(ErrorOf({{"cost.montly_usd", "1"}}), HasSubstr("cost.monthly_usd"));
  EXPECT_THAT(ErrorOf({{"cost.monthly_usd", "cheap"}}), HasSubstr("what_if[cost.monthly_usd]"));
  EXPECT_THAT(ErrorOf({{"deps", "[a, "}}), HasSubstr("what_if[deps]"));
  EXPECT_THAT(ErrorOf({{"data.classification", "secret"}}), HasSubstr("secret"));
}

}  // namespace
}  // namespace gavel::rules
