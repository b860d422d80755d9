// The theorem of rules.md 3.6 a million times: making a known fact unknown never lowers a verdict.
// On packed facts, which `FastPolicyTest` shows to give the verdict of `Evaluate`; the same theorem
// on the evaluator itself, less often, stands in rules/fail_closed_test.cc.
#include <gtest/gtest.h>

#include <numeric>

#include "rules/compile/policy_files.h"
#include "rules/packed/fast_policy.h"
#include "rules/packed/layout.h"
#include "rules/packed/pack.h"
#include "rules/packed/random_cases.h"
#include "rules/test_policies.h"

namespace gavel::rules {
namespace {

constexpr int kRemovals = 250'000;  // Of each of the four policies.

void SetStatus(v1::PackedFacts& facts, PackedFact fact, PackedStatus status) {
  const unsigned shift = 2 * static_cast<unsigned>(fact);
  facts.set_statuses((facts.statuses() & ~(3u << shift)) | static_cast<uint32_t>(status) << shift);
}

// What the author did not write cannot go missing; it can only not be told.
bool AuthorStates(PackedFact fact) {
  return fact != PackedFact::kSections && fact != PackedFact::kCoverage &&
         fact != PackedFact::kUndeclared && fact != PackedFact::kMentions &&
         fact != PackedFact::kSystemCost;
}

std::vector<PackedStatus> LessKnown(PackedFact fact) {
  if (!AuthorStates(fact)) return {PackedStatus::kUnknown};
  return {PackedStatus::kMissing, PackedStatus::kUnknown};
}

// A spec that a rule approves, or nearly so, else most removals would look at nothing.
v1::EvaluationRecord NearlyApproved(const Policy& policy, RandomSource& random) {
  v1::EvaluationRecord record = RandomRecord(policy, random);
  const v1::EvaluationRecord other = RandomRecord(policy, random);
  v1::Facts& facts = *record.mutable_facts();
  facts.set_foreign(false);
  facts.set_wants(v1::REVIEW_MODE_UNSPECIFIED);
  record.clear_history();
  record.clear_findings();
  record.clear_breaker_open();
  record.set_snapshot_stale(false);
  facts.mutable_sections()->set_status(v1::FACT_STATUS_KNOWN);
  facts.mutable_sections()->clear_values();
  for (const char* section : {"cost", "rollback", "summary"})
    facts.mutable_sections()->add_values(section);
  facts.mutable_coverage()->set_status(v1::FACT_STATUS_KNOWN);
  facts.mutable_coverage()->set_value("full");
  for (v1::StringListFact* found :
       {facts.mutable_undeclared(), facts.mutable_mentions_undeclared()}) {
    found->set_status(v1::FACT_STATUS_KNOWN);
    found->clear_values();
  }
  facts.mutable_system_cost_90d()->set_status(v1::FACT_STATUS_KNOWN);
  facts.mutable_system_cost_90d()->set_high_cents(0);
  v1::DependenciesFact& dependencies = *facts.mutable_dependencies();
  dependencies.Clear();
  dependencies.set_status(v1::FACT_STATUS_KNOWN);
  for (const auto& [product, tier] : {std::pair("postgres", "standard-m"), {"k8s", "standard"}}) {
    v1::Dependency& dependency = *dependencies.add_dependencies();
    dependency.set_product(product);
    dependency.set_tier(tier);
  }
  if (random.OneIn(3)) dependencies = other.facts().dependencies();
  facts.mutable_classification()->set_status(v1::FACT_STATUS_KNOWN);
  facts.mutable_classification()->set_value(random.OneIn(4) ? "confidential" : "internal");
  facts.mutable_personal()->set_status(v1::FACT_STATUS_KNOWN);
  facts.mutable_personal()->set_value(random.OneIn(4));
  facts.mutable_reversible()->set_status(v1::FACT_STATUS_KNOWN);
  facts.mutable_reversible()->set_value(!random.OneIn(4));
  facts.mutable_monthly_cost()->set_status(v1::FACT_STATUS_KNOWN);
  facts.mutable_monthly_cost()->set_high_cents(random.OneIn(4) ? 2'000'001 : 90'000);
  return record;
}

struct Tally {
  int removals = 0;
  int lowered = 0;
  int from_auto = 0;
};

void RemoveEachFact(const FastPolicy& policy, const v1::EvaluationRecord& record, Tally& tally) {
  const v1::PackedFacts facts = PackRecord(record);
  const CaseInputs inputs{.day = DayOf(record.as_of())};
  FastResult before, after;
  policy.Evaluate(facts, inputs, before);
  for (int i = 0; i < kPackedFactCount; ++i) {
    const auto fact = static_cast<PackedFact>(i);
    if (StatusOf(facts.statuses(), fact) != PackedStatus::kKnown) continue;
    // `category: policy` is a wish for more review, like `review.wants`: leaving it out takes the
    // wish back. What protects a policy is how it is published.
    if (fact == PackedFact::kCategory && before.Fired(Builtin::kChangesRulesOrCatalog)) continue;
    for (const PackedStatus status : LessKnown(fact)) {
      v1::PackedFacts less = facts;
      SetStatus(less, fact, status);
      policy.Evaluate(less, inputs, after);
      ++tally.removals;
      tally.lowered +=
          after.mode < before.mode || (before.author_gate && !after.author_gate) ? 1 : 0;
      tally.from_auto += before.mode == v1::REVIEW_MODE_AUTO ? 1 : 0;
    }
  }
}

TEST(FailClosedAtScale, AMillionRemovalsLowerNoVerdict) {
  Tally all;
  uint64_t seed = 0;
  for (const auto& policy :
       {ShippedPolicy(), WorkedPolicy(), ShippedAllEnforced(), WorkedWithClassifiedSystem()}) {
    const FastPolicy fast(policy);
    RandomSource random(++seed);
    Tally tally;
    while (tally.removals < kRemovals) {
      RemoveEachFact(
          fast, random.OneIn(2) ? RandomRecord(*policy, random) : NearlyApproved(*policy, random),
          tally);
    }
    EXPECT_EQ(tally.lowered, 0) << policy->rule_set().id();
    EXPECT_GT(tally.from_auto, kRemovals / 100) << policy->rule_set().id();
    all.removals += tally.removals;
    all.lowered += tally.lowered;
    all.from_auto += tally.from_auto;
  }
  std::printf("removals=%d from_auto=%d lowered=%d\n", all.removals, all.from_auto, all.lowered);
}

// `rules.yaml` with its rules in another order.
std::string Shuffled(const std::string& rules, RandomSource& random) {
  std::vector<std::string> blocks = RuleBlocks(rules);
  for (size_t left = blocks.size() - 1; left > 1; --left)
    std::swap(blocks[left], blocks[1 + random.Below(left)]);
  return std::accumulate(blocks.begin(), blocks.end(), std::string());
}

TEST(FailClosedAtScale, TenThousandOrdersOfTheRulesAreOneRuleSet) {
  RandomSource random(7);
  v1::PolicySource source = WorkedSource();
  const std::string rules = source.files().at("rules.yaml");
  // Holidays are half the time of a compilation, and no rule reads them.
  std::string& org = (*source.mutable_files())["org.yaml"];
  org.erase(org.find(", holidays: "), std::string_view(", holidays: holidays/de-be.ics").size());
  int differ = 0, same_text = 0;
  for (int i = 0; i < 10'000; ++i) {
    std::string& text = (*source.mutable_files())["rules.yaml"];
    text = Shuffled(rules, random);
    same_text += text == rules ? 1 : 0;
    const auto policy = CompilePolicy(source, Day(2026, 11, 22));
    ASSERT_TRUE(policy.ok()) << policy.status();
    // The pin is the hash of the compiled rules: equal pins are the same verdicts on every spec.
    differ += (*policy)->rule_set_pin() == WorkedPolicy()->rule_set_pin() ? 0 : 1;
  }
  EXPECT_EQ(differ, 0);
  EXPECT_LT(same_text, 100);
}

}  // namespace
}  // namespace gavel::rules
