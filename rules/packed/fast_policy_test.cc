#include "rules/packed/fast_policy.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "rules/evaluate.h"
#include "rules/packed/pack.h"
#include "rules/packed/random_cases.h"
#include "rules/test_policies.h"
#include "tests/testing/count_allocations.h"

namespace gavel::rules {
namespace {

using ::testing::UnorderedElementsAreArray;

using Ids = std::vector<std::string>;

EvaluateInputs InputsOf(const v1::EvaluationRecord& record) {
  EvaluateInputs inputs;
  inputs.as_of = record.as_of();
  inputs.facts_unknown = record.facts_unknown();
  inputs.breaker_open = {record.breaker_open().begin(), record.breaker_open().end()};
  inputs.snapshot_stale = record.snapshot_stale();
  inputs.findings = {record.findings().begin(), record.findings().end()};
  inputs.history.recent_rejection = record.history().recent_rejection();
  inputs.history.supersedes_people = record.history().supersedes_people();
  inputs.history.own_rules = {record.history().own_rules().begin(),
                              record.history().own_rules().end()};
  inputs.history.auto_decisions_7d = record.history().auto_decisions_7d();
  inputs.history.changes_policy = record.history().changes_policy();
  return inputs;
}

// One byte per rule: is it among `ids`?
std::vector<uint8_t> BytesOf(const Ids& ids, const Policy& policy) {
  std::vector<uint8_t> bytes;
  for (const CompiledRule& rule : policy.rules())
    bytes.push_back(std::find(ids.begin(), ids.end(), rule.rule.id()) != ids.end() ? 1 : 0);
  return bytes;
}

FastResult EvaluateFast(const FastPolicy& fast, const v1::EvaluationRecord& record) {
  const EvaluateInputs inputs = InputsOf(record);
  const auto breaker = BytesOf(inputs.breaker_open, fast.policy());
  const auto own = BytesOf(inputs.history.own_rules, fast.policy());
  FastResult result;
  fast.Evaluate(PackRecord(record), {DayOf(record.as_of()), breaker, own}, result);
  return result;
}

Ids AreasOf(const FastResult& result, const Policy& policy) {
  Ids areas;
  for (int i = 0; i < policy.org().areas_size(); ++i) {
    const auto bit = static_cast<size_t>(i);
    if ((result.areas[bit / 64] >> bit % 64 & 1) != 0) areas.push_back(policy.org().areas(i).id());
  }
  return areas;
}

Ids FiredBuiltins(const v1::Verdict& verdict) {
  Ids ids;
  for (const v1::RuleResult& rule : verdict.rules()) {
    if (rule.id().starts_with("builtin/")) ids.push_back(rule.id());
  }
  return ids;
}

Ids FiredBuiltins(const FastResult& result) {
  Ids ids;
  for (int i = 0; i < kBuiltinCount; ++i) {
    if (result.Fired(static_cast<Builtin>(i)))
      ids.emplace_back(BuiltinIds()[static_cast<size_t>(i)]);
  }
  return ids;
}

// What the requirements that took part ask for, the built-in's two reviewers left out.
Ids ReviewersOf(const FastResult& result, const Policy& policy) {
  Ids reviewers;
  for (size_t i = 0; i < result.rules.size(); ++i) {
    if (!result.rules[i].applied) continue;
    const v1::Rule& rule = policy.rules()[i].rule;
    for (const v1::RequiredReviewers& one : rule.require().reviewers())
      reviewers.push_back(rule.id() + " " + one.from());
  }
  return reviewers;
}

Ids ReviewersOf(const v1::Verdict& verdict) {
  Ids reviewers;
  for (const v1::ReviewerClause& one : verdict.reviewers()) {
    if (!one.rule().starts_with("builtin/")) reviewers.push_back(one.rule() + " " + one.from());
  }
  return reviewers;
}

void ExpectSameRule(const v1::RuleResult& expected, const FastPolicy& fast,
                    const FastResult& result, size_t index) {
  const FastRule& actual = result.rules[index];
  ASSERT_EQ(int{actual.truth}, expected.truth()) << expected.id();
  ASSERT_EQ(int{actual.suspension}, expected.suspension()) << expected.id();
  ASSERT_EQ(actual.applied, expected.applied()) << expected.id();
  const uint64_t undecided = fast.Undecided(result, index);
  std::set<std::string> told;
  for (int leaf = 0; leaf < expected.leaves_size(); ++leaf) {
    ASSERT_EQ(fast.LeafTruth(result, index, static_cast<size_t>(leaf)),
              expected.leaves(leaf).truth())
        << expected.id() << " " << expected.leaves(leaf).DebugString();
    if ((undecided >> leaf & 1) != 0) told.insert(expected.leaves(leaf).field());
  }
  ASSERT_EQ(told, std::set<std::string>(expected.could_not_tell().begin(),
                                        expected.could_not_tell().end()))
      << expected.id();
}

void ExpectSame(const FastPolicy& fast, const v1::EvaluationRecord& record) {
  const Policy& policy = fast.policy();
  // With rule 0 as it is: what Evaluate says, but for the nudges.
  const v1::Verdict expected =
      EvaluateMutant(record.facts(), policy, InputsOf(record), 0, policy.rules()[0].program);
  const FastResult actual = EvaluateFast(fast, record);
  ASSERT_EQ(actual.mode, expected.mode());
  ASSERT_EQ(actual.author_gate, expected.author_gate());
  ASSERT_EQ(actual.audit_percent, expected.audit_percent());
  ASSERT_EQ(
      actual.auto_rule < 0 ? "" : policy.rules()[static_cast<size_t>(actual.auto_rule)].rule.id(),
      expected.auto_rule());
  ASSERT_THAT(AreasOf(actual, policy),
              UnorderedElementsAreArray(expected.areas().begin(), expected.areas().end()));
  ASSERT_EQ(FiredBuiltins(actual), FiredBuiltins(expected));
  ASSERT_THAT(ReviewersOf(actual, policy), UnorderedElementsAreArray(ReviewersOf(expected)));
  std::map<std::string, const v1::RuleResult*> by_id;
  for (const v1::RuleResult& rule : expected.rules()) by_id[rule.id()] = &rule;
  for (size_t i = 0; i < policy.rules().size(); ++i) {
    const auto found = by_id.find(policy.rules()[i].rule.id());
    if (found == by_id.end()) {
      ASSERT_EQ(int{actual.rules[i].truth}, v1::TRUTH_UNSPECIFIED);
    } else {
      ASSERT_NO_FATAL_FAILURE(ExpectSameRule(*found->second, fast, actual, i));
    }
  }
}

// Titles are not packed, so both evaluators are asked without rules about them.
bool Comparable(const FastPolicy& fast) { return !fast.reads_title(); }

class Equivalence : public ::testing::TestWithParam<int> {};

TEST_P(Equivalence, SameVerdictAsTheEvaluatorWithWords) {
  RandomSource random(static_cast<uint64_t>(GetParam()));
  std::vector<std::unique_ptr<FastPolicy>> policies;
  policies.push_back(std::make_unique<FastPolicy>(WorkedPolicy()));
  policies.push_back(std::make_unique<FastPolicy>(ShippedPolicy()));
  while (policies.size() < 12) {
    auto made = std::make_unique<FastPolicy>(
        RandomPolicy(random.OneIn(2) ? *WorkedPolicy() : *ShippedPolicy(), random));
    if (Comparable(*made)) policies.push_back(std::move(made));
  }
  std::map<v1::ReviewMode, int> modes;
  for (int i = 0; i < 25'000; ++i) {
    const FastPolicy& fast = *policies[random.Below(policies.size())];
    const v1::EvaluationRecord record = RandomRecord(fast.policy(), random);
    ASSERT_NO_FATAL_FAILURE(ExpectSame(fast, record))
        << "policy " << fast.policy().rule_set().id() << "\n"
        << record.DebugString();
    ++modes[EvaluateFast(fast, record).mode];
  }
  // All verdicts were seen, so agreement means something.
  for (const auto mode : {v1::REVIEW_MODE_AUTO, v1::REVIEW_MODE_ASYNC, v1::REVIEW_MODE_SYNC})
    EXPECT_GT(modes[mode], 50) << mode;
}

// Four seeds of 25,000 specs: 100,000 in all.
INSTANTIATE_TEST_SUITE_P(Seeds, Equivalence, ::testing::Range(1, 5));

TEST(FastPolicy, AllocatesNothingAfterTheFirstEvaluation) {
  RandomSource random(7);
  const FastPolicy fast(WorkedPolicy());
  std::vector<v1::PackedFacts> specs;
  for (int i = 0; i < 1'000; ++i)
    specs.push_back(PackRecord(RandomRecord(*WorkedPolicy(), random)));
  FastResult result;
  fast.Evaluate(specs[0], {20'000}, result);
  const size_t before = gavel::testing::AllocationCount();
  for (const v1::PackedFacts& spec : specs) fast.Evaluate(spec, {20'000}, result);
  EXPECT_EQ(gavel::testing::AllocationCount(), before);
  // The counter counts.
  FastResult fresh;
  fast.Evaluate(specs[0], {20'000}, fresh);
  EXPECT_GT(gavel::testing::AllocationCount(), before);
}

TEST(FastPolicy, AResultMayServeOnePolicyAfterAnother) {
  RandomSource random(11);
  FastResult result;
  for (int i = 0; i < 50; ++i) {
    const FastPolicy fast(RandomPolicy(*WorkedPolicy(), random));
    const v1::EvaluationRecord record = RandomRecord(fast.policy(), random);
    const v1::PackedFacts packed = PackRecord(record);
    FastResult fresh;
    fast.Evaluate(packed, {DayOf(record.as_of())}, fresh);
    fast.Evaluate(packed, {DayOf(record.as_of())}, result);
    EXPECT_EQ(result.mode, fresh.mode);
    EXPECT_EQ(result.areas, fresh.areas);
    EXPECT_EQ(result.trace, fresh.trace);
    for (size_t rule = 0; rule < fresh.rules.size(); ++rule)
      EXPECT_EQ(result.rules[rule].truth, fresh.rules[rule].truth);
  }
}

}  // namespace
}  // namespace gavel::rules
