// The analyser against z3 on random policies: both must say the same of every spec there could be.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "rules/analysis/analysis.h"
#include "rules/analysis/random_policy.h"
#include "rules/analysis/z3_oracle.h"

namespace gavel::rules {
namespace {

// Questions to z3 about one policy.
class Asked {
 public:
  explicit Asked(const Policy& policy)
      : rules_(policy.rule_set()),
        spec_(context_, policy.org(), policy.catalog()),
        oracle_(context_, spec_, policy.org(), policy.catalog(), policy.rule_set(),
                RandomPolicyDay()),
        solver_(context_) {
    solver_.add(spec_.Limits());
  }

  const Oracle& oracle() const { return oracle_; }
  z3::context& context() { return context_; }
  const AnySpec& spec() const { return spec_; }
  Kleene Truth(int rule) const { return oracle_.Condition(rules_.rules(rule).when()); }

  bool IsPossible(const z3::expr& formula) {
    solver_.push();
    solver_.add(formula);
    const z3::check_result result = solver_.check();
    solver_.pop();
    EXPECT_NE(result, z3::unknown);
    return result == z3::sat;
  }
  bool IsInside(int rule, int other) {
    return !IsPossible(Truth(rule).is_true && !Truth(other).is_true);
  }

 private:
  const v1::RuleSet& rules_;
  z3::context context_;
  const AnySpec spec_;
  const Oracle oracle_;
  z3::solver solver_;
};

using Codes = std::set<std::pair<int, std::string>>;  // Rule number and code.

// What the page asks for, decided by z3.
Codes ExpectedCodes(const v1::RuleSet& rules, Asked& asked) {
  Codes codes;
  std::set<int> never;
  for (int i = 0; i < rules.rules_size(); ++i) {
    const v1::Rule& rule = rules.rules(i);
    const Kleene truth = asked.Truth(i);
    if (!asked.IsPossible(truth.is_true)) never.insert(i);
    if (never.count(i) > 0) codes.emplace(i, "R010");
    const z3::expr misses = rule.has_auto_approve() ? !truth.is_true : truth.is_false;
    if (!asked.IsPossible(misses)) codes.emplace(i, "R011");
  }
  for (int i = 0; i < rules.rules_size(); ++i) {
    const v1::Rule& rule = rules.rules(i);
    if (never.count(i) > 0) continue;
    const bool in_force = rule.has_auto_approve() && rule.state() == v1::Rule::STATE_ENFORCE &&
                          rule.review_by().year() > 2026;
    if (in_force && !asked.IsPossible(asked.oracle().Approves(i, rule.when()))) {
      codes.emplace(i, "R012");
      continue;
    }
    for (int j = 0; j < rules.rules_size(); ++j) {
      const v1::Rule& other = rules.rules(j);
      const bool firm = other.state() == rule.state() || other.state() == v1::Rule::STATE_ENFORCE;
      if (i == j || never.count(j) > 0 || other.effect_case() != rule.effect_case() || !firm)
        continue;
      if (!asked.IsInside(i, j)) continue;
      const bool first_of_equals = other.state() == rule.state() && i < j && asked.IsInside(j, i);
      if (!first_of_equals) codes.emplace(i, "R013");
    }
  }
  return codes;
}

Codes FoundCodes(const Policy& policy) {
  Codes codes;
  for (const v1::PolicyProblem& problem : AnalysePolicy(policy, RandomPolicyDay())) {
    EXPECT_NE(problem.code(), "GV509") << problem.message();
    if (problem.code() < "R010" || problem.code() > "R013") continue;
    const size_t at = problem.message().find("rule-") + 5;
    codes.emplace(problem.message()[at] - '0', problem.code());
  }
  return codes;
}

TEST(Z3, FindsTheSameMistakes) {
  Random random(41);
  std::map<std::string, int> seen;
  for (int i = 0; i < 700; ++i) {
    const auto policy = RandomPolicy(random, 4);
    Asked asked(*policy);
    const Codes expected = ExpectedCodes(policy->rule_set(), asked);
    ASSERT_EQ(FoundCodes(*policy), expected)
        << "policy " << i << "\n"
        << policy->rule_set().DebugString() << policy->catalog().DebugString();
    for (const auto& [rule, code] : expected) ++seen[code];
  }
  for (const char* code : {"R010", "R011", "R012", "R013"}) EXPECT_GT(seen[code], 20) << code;
}

TEST(Z3, FindsTheSameDifferences) {
  Random random(42);
  int wider = 0, narrower = 0;
  for (int i = 0; i < 400; ++i) {
    const auto base = RandomPolicy(random, 4);
    const auto candidate = Varied(random, *base);
    Asked asked(*base);
    const Oracle after(asked.context(), asked.spec(), candidate->org(), candidate->catalog(),
                       candidate->rule_set(), RandomPolicyDay());
    const z3::expr old_region = asked.oracle().ApprovesAny(), new_region = after.ApprovesAny();
    const auto diff = DiffPolicies(*base, *candidate, RandomPolicyDay());
    ASSERT_TRUE(diff.ok()) << diff.status();
    ASSERT_EQ(diff->newly_auto_size() > 0, asked.IsPossible(new_region && !old_region)) << i;
    ASSERT_EQ(diff->no_longer_auto_size() > 0, asked.IsPossible(old_region && !new_region)) << i;
    wider += diff->newly_auto_size() > 0 ? 1 : 0;
    narrower += diff->no_longer_auto_size() > 0 ? 1 : 0;
  }
  EXPECT_GT(wider, 50);
  EXPECT_GT(narrower, 50);
}

TEST(Z3, FindsTheSameMutantsThatNoSpecCanTell) {
  Random random(43);
  int told = 0, equal = 0;
  for (int i = 0; i < 700; ++i) {
    const auto policy = RandomPolicy(random, 3);
    Asked asked(*policy);
    const v1::RuleCondition mutant = RandomCondition(random, 1);
    const v1::Rule& rule = policy->rule_set().rules(0);
    const bool approves = rule.has_auto_approve() && rule.state() == v1::Rule::STATE_ENFORCE &&
                          rule.review_by().year() > 2026;
    const auto shows = [&](const v1::RuleCondition& condition) {
      return approves ? asked.oracle().Approves(0, condition) : asked.oracle().Fires(0, condition);
    };
    const auto found = Distinguish(*policy, 0, CompileProgram(mutant), RandomPolicyDay());
    ASSERT_TRUE(found.ok()) << found.status();
    ASSERT_EQ(found->has_value(), asked.IsPossible(shows(rule.when()) != shows(mutant)))
        << i << policy->rule_set().DebugString() << mutant.DebugString();
    (found->has_value() ? told : equal) += 1;
  }
  EXPECT_GT(told, 50);
  EXPECT_GT(equal, 20);
}

}  // namespace
}  // namespace gavel::rules
