// Mutants and what tells them apart, put to the evaluator.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "rules/analysis/analysis.h"
#include "rules/analysis/random_policy.h"
#include "rules/evaluate.h"
#include "rules/test_policies.h"

namespace gavel::rules {
namespace {

size_t IndexOf(const Policy& policy, const std::string& id) {
  size_t index = 0;
  while (policy.rules()[index].rule.id() != id) ++index;
  return index;
}

// The rule's condition without the test at `position` of its outermost list.
Program Without(const Policy& policy, size_t rule, int position) {
  v1::RuleCondition condition = policy.rules()[rule].rule.when();
  condition.mutable_all()->mutable_conditions()->DeleteSubrange(position, 1);
  return CompileProgram(condition);
}

std::shared_ptr<const Policy> WithCondition(const Policy& policy, size_t rule,
                                            const v1::RuleCondition& condition) {
  PolicyParts parts;
  parts.org = policy.org();
  parts.catalog = policy.catalog();
  parts.rule_set = policy.rule_set();
  *parts.rule_set.mutable_rules(static_cast<int>(rule))->mutable_when() = condition;
  for (const v1::Rule& one : parts.rule_set.rules())
    parts.rules.push_back({one, CompileProgram(one.when())});
  return std::make_shared<const Policy>(std::move(parts));
}

// Whether the rule fires, and counts where it is an approval in force.
bool Shows(const Policy& policy, size_t rule, const v1::Facts& facts, const v1::Date& as_of) {
  EvaluateInputs inputs;
  inputs.as_of = as_of;
  const std::string& id = policy.rules()[rule].rule.id();
  const v1::Verdict verdict = Evaluate(facts, policy, inputs);
  for (const v1::RuleResult& result : verdict.rules()) {
    if (result.id() != id) continue;
    const bool asks = result.effect() == v1::RuleResult::EFFECT_REQUIRE ||
                      result.effect() == v1::RuleResult::EFFECT_NEEDS_AUTHOR;
    const bool fires =
        result.truth() == v1::TRUTH_TRUE || (asks && result.truth() == v1::TRUTH_UNKNOWN);
    const bool suspended = result.suspension() != v1::RuleResult::SUSPENSION_UNSPECIFIED;
    return result.applied() || (suspended && fires);
  }
  return false;
}

TEST(Distinguish, NoSpecTellsTheSectionTestOfTheAutoRule) {
  const auto policy = WorkedPolicy();
  const size_t rule = IndexOf(*policy, "auto/standard-tiers");
  const auto found = Distinguish(*policy, rule, Without(*policy, rule, 7), Day(2026, 11, 22));
  ASSERT_TRUE(found.ok()) << found.status();
  EXPECT_FALSE(found->has_value());  // `author/cost-section` returns such a spec anyway.
}

TEST(Distinguish, AnIrreversibleChangeTellsTheTestOfReversible) {
  const auto policy = WorkedPolicy();
  const size_t rule = IndexOf(*policy, "auto/standard-tiers");
  const auto found = Distinguish(*policy, rule, Without(*policy, rule, 6), Day(2026, 11, 22));
  ASSERT_TRUE(found.ok() && found->has_value());
  EXPECT_THAT((*found)->lines(), testing::Contains("change.reversible: false"));
}

TEST(Distinguish, ARuleThatIsNotEvaluatedIsToldByNothing) {
  Random random(51);
  for (const v1::Rule::State state : {v1::Rule::STATE_DRAFT, v1::Rule::STATE_RETIRED}) {
    PolicyParts parts;
    parts.org = WorkedPolicy()->org();
    parts.catalog = WorkedPolicy()->catalog();
    v1::Rule rule = WorkedPolicy()->rules()[0].rule;
    rule.set_state(state);
    *parts.rule_set.add_rules() = rule;
    parts.rules.push_back({rule, CompileProgram(rule.when())});
    const Policy policy(std::move(parts));
    const auto found =
        Distinguish(policy, 0, WorkedPolicy()->rules()[1].program, Day(2026, 11, 22));
    ASSERT_TRUE(found.ok()) << found.status();
    EXPECT_FALSE(found->has_value());
  }
}

TEST(Distinguish, EveryExampleShowsWhatItIsFor) {
  Random random(52);
  int told = 0;
  for (int i = 0; i < 400; ++i) {
    const auto policy = RandomPolicy(random, 3);
    const v1::RuleCondition mutant = RandomCondition(random, 2);
    const auto found = Distinguish(*policy, 0, CompileProgram(mutant), RandomPolicyDay());
    ASSERT_TRUE(found.ok()) << found.status();
    if (!found->has_value()) continue;
    ++told;
    const auto mutated = WithCondition(*policy, 0, mutant);
    ASSERT_NE(Shows(*policy, 0, (*found)->facts(), RandomPolicyDay()),
              Shows(*mutated, 0, (*found)->facts(), RandomPolicyDay()))
        << (*found)->DebugString() << policy->rule_set().DebugString() << mutant.DebugString();
  }
  EXPECT_GT(told, 200);
}

}  // namespace
}  // namespace gavel::rules
