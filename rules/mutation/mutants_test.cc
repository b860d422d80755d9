#include "rules/mutation/mutants.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "rules/compile/policy_files.h"
#include "rules/test_policies.h"

namespace gavel::rules {
namespace {

using testing::ElementsAre;

// The changes of a rule with that condition and effect.
std::vector<std::string> ChangesOf(const std::string& when,
                                   const std::string& then = "{require: {mode: async}}") {
  v1::PolicySource source = WorkedSource();
  (*source.mutable_files())["rules.yaml"] +=
      "\n  - {id: a, title: A, owner: team:platform, why: A., state: enforce, "
      "review_by: 2027-12-31, when: " +
      when + ", then: " + then + "}\n";
  const auto policy = CompilePolicy(source, Day(2026, 11, 22));
  EXPECT_TRUE(policy.ok()) << policy.status();
  std::vector<std::string> changes;
  if (!policy.ok()) return changes;
  for (const Mutant& mutant : MutantsOf(*(*policy)->FindRule("a"), (*policy)->catalog()))
    changes.push_back(mutant.change + (mutant.by_cent ? " *" : ""));
  return changes;
}

TEST(Mutants, MoneyMovesByAUnitAndByACent) {
  EXPECT_THAT(
      ChangesOf("{cost.monthly_usd: {lte: 2000}}"),
      ElementsAre("negate cost.monthly_usd lte 2,000", "change cost.monthly_usd lte 2,000 to 2,001",
                  "change cost.monthly_usd lte 2,000 to 2,000.01 *",
                  "change cost.monthly_usd lte 2,000 to 1,999",
                  "change cost.monthly_usd lte 2,000 to 1,999.99 *"));
  // Nothing costs less than nothing: only a cent is left to move by.
  EXPECT_THAT(
      ChangesOf("{cost.monthly_usd: {gt: 0.50}}"),
      ElementsAre("negate cost.monthly_usd gt 0.50", "change cost.monthly_usd gt 0.50 to 1.50",
                  "change cost.monthly_usd gt 0.50 to 0.51 *",
                  "change cost.monthly_usd gt 0.50 to 0.49"));
  // The ends of a range keep their order.
  EXPECT_THAT(ChangesOf("{cost.monthly_usd: {between: [5, 5]}}"),
              ElementsAre("negate cost.monthly_usd between [5, 5]",
                          "change cost.monthly_usd between [5, 5] to [4, 5]",
                          "change cost.monthly_usd between [5, 5] to [4.99, 5] *",
                          "change cost.monthly_usd between [5, 5] to [5, 6]",
                          "change cost.monthly_usd between [5, 5] to [5, 5.01] *"));
}

TEST(Mutants, TestsAreDroppedWhereOthersRemain) {
  EXPECT_THAT(
      ChangesOf("{all: [{data.personal: {is: true}}, "
                "{any: [{change.reversible: {is: false}}]}]}"),
      ElementsAre("drop all[0] data.personal is true", "negate all[0] data.personal is true",
                  "negate all[1].any[0] change.reversible is false"));
  EXPECT_THAT(ChangesOf("{any: [{not: {data.personal: {is: true}}}, "
                        "{change.reversible: {is: false}}]}"),
              ElementsAre("drop any[0].not data.personal is true",
                          "negate any[0].not data.personal is true",
                          "drop any[1] change.reversible is false",
                          "negate any[1] change.reversible is false"));
}

TEST(Mutants, OrderedValuesMoveByOneStep) {
  EXPECT_THAT(ChangesOf("{data.classification: {at_least: confidential}}"),
              ElementsAre("negate data.classification at_least confidential",
                          "change data.classification at_least confidential to restricted",
                          "change data.classification at_least confidential to internal"));
  EXPECT_THAT(ChangesOf("{change.blast_radius: {at_most: low}}"),
              ElementsAre("negate change.blast_radius at_most low",
                          "change change.blast_radius at_most low to medium"));
}

TEST(Mutants, SizesListsAndSetsChange) {
  EXPECT_THAT(ChangesOf("{regions: {size: {gt: 0}}}"),
              ElementsAre("negate regions size_gt 0", "change regions size_gt 0 to 1"));
  EXPECT_THAT(ChangesOf("{regions: {none_in: [us-east, us-west]}}"),
              ElementsAre("negate regions none_in [us-east, us-west]",
                          "change regions none_in [us-east, us-west] to us-west",
                          "change regions none_in [us-east, us-west] to us-east"));
  EXPECT_THAT(ChangesOf("{deps.storage: {only_in: \"@standard\", or_none: true}}"),
              ElementsAre("negate deps.storage only_in @standard",
                          "change deps.storage only_in @standard to or_none: false",
                          "change deps.storage only_in @standard to any_in"));
}

TEST(Mutants, WhatTheCompilerWouldRefuseIsNone) {
  EXPECT_THAT(ChangesOf("{regions: {stated: false}}"), ElementsAre());
  // One level more would be too deep.
  EXPECT_THAT(ChangesOf("{not: {not: {not: {not: {not: {not: {not: {data.personal: {is: true}}"
                        "}}}}}}}"),
              ElementsAre("negate not.not.not.not.not.not.not data.personal is true"));
}

TEST(Mutants, NoTwoAreTheSame) {
  for (const auto& policy : {WorkedPolicy(), ShippedPolicy()}) {
    for (const v1::Rule& rule : policy->rule_set().rules()) {
      std::set<std::string> conditions = {rule.when().SerializeAsString()};
      for (const Mutant& mutant : MutantsOf(rule, policy->catalog()))
        EXPECT_TRUE(conditions.insert(mutant.when.SerializeAsString()).second) << mutant.change;
    }
  }
}

}  // namespace
}  // namespace gavel::rules
