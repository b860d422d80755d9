// Boxes against the evaluator: the same answers on concrete specs, however many are tried.
#include <gtest/gtest.h>

#include <algorithm>

#include "rules/analysis/auto_region.h"
#include "rules/analysis/box_membership.h"
#include "rules/analysis/example.h"
#include "rules/analysis/random_policy.h"
#include "rules/evaluate.h"
#include "rules/evaluate/run.h"
#include "rules/test_policies.h"

namespace gavel::rules {
namespace {

bool AnyContains(const std::vector<Box>& boxes, const v1::Facts& facts, const Space& space) {
  return std::any_of(boxes.begin(), boxes.end(),
                     [&](const Box& box) { return Contains(box, facts, space); });
}

// Facts that are wrong, and dependencies that are missing, go back to the author whatever the
// rules.
bool IsReturned(const v1::Facts& facts) {
  const auto wrong = [](const auto& fact) { return fact.status() == v1::FACT_STATUS_INVALID; };
  return wrong(facts.category()) || wrong(facts.system()) || wrong(facts.dependencies()) ||
         wrong(facts.classification()) || wrong(facts.personal()) || wrong(facts.regions()) ||
         wrong(facts.monthly_cost()) || wrong(facts.reversible()) || wrong(facts.blast_radius()) ||
         facts.dependencies().status() == v1::FACT_STATUS_MISSING;
}

struct Tally {
  int tried = 0, approved = 0;
};

// Compares `specs` specs near to approved ones, and far from them.
void CompareRegion(const Policy& policy, const v1::Date& as_of, int specs, Random& random,
                   Tally& tally) {
  const Space space({ViewOf(policy, as_of)});
  Budget budget;
  BoxAlgebra algebra(space, budget);
  RuleBoxes rules(0, algebra);
  const auto region = AutoRegion(rules);
  ASSERT_TRUE(region.ok()) << region.status();
  std::vector<v1::Facts> examples;
  for (const Box& box : *region) {
    examples.push_back(ExampleOf(box, 0, algebra).facts());
    ASSERT_TRUE(Contains(box, examples.back(), space)) << examples.back().DebugString();
  }
  EvaluateInputs inputs;
  inputs.as_of = as_of;
  for (int i = 0; i < specs; ++i) {
    v1::Facts facts = RandomFacts(random, policy);
    if (!examples.empty()) facts = Blended(random, examples[random() % examples.size()], facts, 8);
    const bool approved = Evaluate(facts, policy, inputs).mode() == v1::REVIEW_MODE_AUTO;
    ASSERT_EQ(AnyContains(*region, facts, space) && !IsReturned(facts), approved)
        << facts.DebugString() << policy.rule_set().DebugString() << policy.catalog().DebugString();
    ++tally.tried;
    tally.approved += approved ? 1 : 0;
  }
}

TEST(AutoRegion, IsWhatEvaluateApprovesInTheWorkedOrganisation) {
  Random random(36);
  Tally tally;
  CompareRegion(*WorkedPolicy(), Day(2026, 11, 22), 80'000, random, tally);
  EXPECT_EQ(tally.tried, 80'000);
  EXPECT_GT(tally.approved, 10'000);
}

TEST(AutoRegion, IsWhatEvaluateApprovesByTheShippedRules) {
  Random random(37);
  Tally tally;
  CompareRegion(*ShippedPolicy(), Day(2026, 11, 23), 80'000, random, tally);
  EXPECT_EQ(tally.tried, 80'000);
  EXPECT_GT(tally.approved, 10'000);
}

TEST(AutoRegion, IsWhatEvaluateApprovesByRandomRules) {
  Random random(38);
  Tally tally;
  for (int i = 0; i < 200; ++i)
    CompareRegion(*RandomPolicy(random, 4), RandomPolicyDay(), 200, random, tally);
  EXPECT_EQ(tally.tried, 40'000);
  EXPECT_GT(tally.approved, 5'000);
}

constexpr std::pair<Wanted, bool (*)(v1::Truth)> kWanted[] = {
    {Wanted::kTrue, [](v1::Truth truth) { return truth == v1::TRUTH_TRUE; }},
    {Wanted::kFalse, [](v1::Truth truth) { return truth == v1::TRUTH_FALSE; }},
    {Wanted::kNotFalse, [](v1::Truth truth) { return truth != v1::TRUTH_FALSE; }},
    {Wanted::kNotTrue, [](v1::Truth truth) { return truth != v1::TRUTH_TRUE; }}};

TEST(ConditionBoxes, HoldExactlyTheSpecsOfEachTruth) {
  Random random(39);
  for (int i = 0; i < 400; ++i) {
    const auto policy = RandomPolicy(random, 1);
    const Space space({ViewOf(*policy, RandomPolicyDay())});
    Budget budget;
    BoxAlgebra algebra(space, budget);
    RuleBoxes rules(0, algebra);
    for (int j = 0; j < 50; ++j) {
      const v1::Facts facts = RandomFacts(random, *policy);
      const v1::Truth truth =
          RunProgram(policy->rules()[0].program, FactTable(facts, *policy, false),
                     policy->catalog_index(), RandomPolicyDay())
              .truth;
      for (const auto& [wanted, fits] : kWanted) {
        ASSERT_EQ(AnyContains(rules.Of(0, wanted), facts, space), fits(truth))
            << facts.DebugString() << policy->rule_set().DebugString()
            << policy->catalog().DebugString();
      }
    }
  }
}

}  // namespace
}  // namespace gavel::rules
