// What a change of policy approves: the sentences of rules.md 3.7, each example put to the
// evaluator.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rules/analysis/analysis.h"
#include "rules/compile/policy_files.h"
#include "rules/evaluate.h"
#include "rules/test_documents.h"
#include "rules/test_policies.h"
#include "rules/test_row_name.h"

namespace gavel::rules {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::Ge;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Le;
using testing::Not;
using testing::SizeIs;

const v1::Date& Today() {
  static const auto* const kDay = new v1::Date(Day(2026, 11, 22));
  return *kDay;
}

std::shared_ptr<const Policy> Worked(const std::string& file, std::string_view from,
                                     std::string_view to) {
  v1::PolicySource source = WorkedSource();
  std::string& text = (*source.mutable_files())[file];
  text = Edited(text, from, to);
  auto policy = CompilePolicy(source, Today());
  EXPECT_TRUE(policy.ok()) << policy.status();
  return policy.ok() ? *std::move(policy) : nullptr;
}

// The example as a spec's reader under that policy takes it down.
v1::Facts ReadUnder(const Policy& policy, v1::Facts facts) {
  for (v1::Dependency& one : *facts.mutable_dependencies()->mutable_dependencies()) {
    one.set_product(one.written().substr(0, one.written().find('/')));
    const v1::Product* const product = policy.catalog_index().FindProduct(one.product());
    if (product != nullptr) one.set_product(product->id());
  }
  return facts;
}

bool IsApproved(const v1::Facts& facts, const Policy& policy) {
  EvaluateInputs inputs;
  inputs.as_of = Today();
  return Evaluate(ReadUnder(policy, facts), policy, inputs).mode() == v1::REVIEW_MODE_AUTO;
}

// The difference, after every example of it was confirmed.
v1::PolicyDiff Diff(const Policy& base, const Policy& candidate) {
  const auto diff = DiffPolicies(base, candidate, Today());
  EXPECT_TRUE(diff.ok()) << diff.status();
  if (!diff.ok()) return {};
  for (const v1::ExampleSpec& example : diff->newly_auto()) {
    EXPECT_TRUE(IsApproved(example.facts(), candidate)) << example.DebugString();
    EXPECT_FALSE(IsApproved(example.facts(), base)) << example.DebugString();
  }
  for (const v1::ExampleSpec& example : diff->no_longer_auto()) {
    EXPECT_TRUE(IsApproved(example.facts(), base)) << example.DebugString();
    EXPECT_FALSE(IsApproved(example.facts(), candidate)) << example.DebugString();
  }
  return *diff;
}

constexpr char kLimit[] = "cost.monthly_usd: {lte: 2000}";

TEST(Diff, AHigherLimitApprovesOneKindMore) {
  const auto diff =
      Diff(*WorkedPolicy(), *Worked("rules.yaml", kLimit, "cost.monthly_usd: {lte: 2500}"));
  ASSERT_THAT(diff.newly_auto(), SizeIs(1));
  EXPECT_THAT(diff.newly_auto(0).lines(), Contains("cost.monthly_usd: 2500"));
  EXPECT_THAT(diff.no_longer_auto(), IsEmpty());
  EXPECT_THAT(diff.changed_auto_rules(), ElementsAre("auto/standard-tiers"));
  EXPECT_EQ(diff.summary(), "1 kind of specs would newly be approved without a person.");
}

TEST(Diff, ALowerLimitApprovesNothingMore) {
  const auto diff =
      Diff(*WorkedPolicy(), *Worked("rules.yaml", kLimit, "cost.monthly_usd: {lte: 1500}"));
  EXPECT_THAT(diff.newly_auto(), IsEmpty());
  ASSERT_THAT(diff.no_longer_auto(), SizeIs(1));
  EXPECT_THAT(diff.no_longer_auto(0).facts().monthly_cost().high_cents(),
              AllOf(Ge(150001), Le(200000)));
}

TEST(Diff, TheCatalogsPricesAreACostToo) {
  // Three standard tiers cost 1,700 by the catalog, whatever is declared.
  const auto policy = Worked("rules.yaml", kLimit, "cost.monthly_usd: {lte: 1700}");
  const auto lower = Worked("rules.yaml", kLimit, "cost.monthly_usd: {lte: 1699.99}");
  const auto diff = Diff(*lower, *policy);
  ASSERT_THAT(diff.newly_auto(), SizeIs(1));
}

TEST(Diff, EnforcingTheShadowRuleApprovesTiersThatAreNotStandard) {
  const auto diff = Diff(
      *WorkedPolicy(),
      *Worked("rules.yaml", "    state: shadow\n",
              "    state: enforce\n    waives: {why: A test., fields: [deps.storage, deps.compute, "
              "data.classification, data.personal, cost.monthly_usd, detect.coverage]}\n"));
  EXPECT_THAT(diff.newly_auto().size(), AllOf(Ge(5), Le(8)));
  bool other_tier = false;
  for (const v1::ExampleSpec& example : diff.newly_auto()) {
    EXPECT_THAT(example.lines(), Contains("spec.category: config-change"));
    for (const v1::Dependency& one : example.facts().dependencies().dependencies())
      other_tier = other_tier || one.written() == "postgres/dedicated-xl";
  }
  EXPECT_TRUE(other_tier);
  EXPECT_THAT(diff.no_longer_auto(), IsEmpty());
  EXPECT_THAT(diff.changed_auto_rules(), ElementsAre("auto/config-only"));
}

TEST(Diff, WithoutItsSectionTestTheRuleApprovesTheSame) {
  const auto diff =
      Diff(*WorkedPolicy(), *Worked("rules.yaml", "        - sections: {has: cost}\n", ""));
  EXPECT_THAT(diff.newly_auto(), IsEmpty());
  EXPECT_THAT(diff.no_longer_auto(), IsEmpty());
  EXPECT_THAT(diff.changed_auto_rules(), ElementsAre("auto/standard-tiers"));
  EXPECT_EQ(diff.summary(), "The same specs are approved without a person as before.");
}

TEST(Diff, WithoutItsTestOfReversibleTheRuleApprovesWhatCannotBeUndone) {
  v1::PolicySource source = WorkedSource();
  std::string& rules = (*source.mutable_files())["rules.yaml"];
  rules = Edited(rules, "        - change.reversible: {is: true}\n        - sections",
                 "        - sections");
  rules = Edited(rules, "    review_by: 2027-03-31\n",
                 "    review_by: 2027-03-31\n    waives: {fields: [change.reversible], why: A.}\n");
  const auto policy = CompilePolicy(source, Today());
  ASSERT_TRUE(policy.ok()) << policy.status();
  const auto diff = Diff(*WorkedPolicy(), **policy);
  ASSERT_THAT(diff.newly_auto(), SizeIs(1));
  EXPECT_THAT(diff.newly_auto(0).lines(), Contains("change.reversible: false"));
}

TEST(Diff, AWeakerReviewThatAnAutoRuleDoesNotLeanOnChangesNothing) {
  const auto diff = Diff(
      *WorkedPolicy(), *Worked("rules.yaml", "{at_least: confidential}", "{at_least: restricted}"));
  EXPECT_THAT(diff.newly_auto(), IsEmpty());
  EXPECT_THAT(diff.no_longer_auto(), IsEmpty());
  EXPECT_THAT(diff.changed_auto_rules(), IsEmpty());
}

struct CatalogRow {
  const char* name;
  const char* from;
  const char* to;
  int newly;
  int no_longer;
  std::vector<std::string> changed;
};
void PrintTo(const CatalogRow& row, std::ostream* os) { *os << row.name; }
class CatalogChanges : public testing::TestWithParam<CatalogRow> {};
TEST_P(CatalogChanges, AreChangesOfWhatIsApproved) {
  const CatalogRow& row = GetParam();
  const auto diff = Diff(*WorkedPolicy(), *Worked("catalog.yaml", row.from, row.to));
  EXPECT_EQ(diff.newly_auto_size(), row.newly);
  EXPECT_EQ(diff.no_longer_auto_size(), row.no_longer);
  EXPECT_THAT(diff.changed_auto_rules(), testing::ElementsAreArray(row.changed));
}
const std::vector<std::string> kBoth = {"auto/config-only", "auto/standard-tiers"};
INSTANTIATE_TEST_SUITE_P(
    Table, CatalogChanges,
    testing::Values(
        CatalogRow{"Promotion", "glacier: {status: allowed,",
                   "glacier: {status: standard, max_monthly_usd: 5,", 1, 0, kBoth},
        CatalogRow{"Demotion", "shared: {status: standard,", "shared: {status: allowed,", 0, 1,
                   kBoth},
        CatalogRow{"Price", "max_monthly_usd: 900", "max_monthly_usd: 2100", 0, 1, {}},
        CatalogRow{
            "Lapsed", "shared: {status: standard, max_monthly_usd: 300, review_by: 2027-06-30}",
            "shared: {status: standard, max_monthly_usd: 300, review_by: 2026-11-21}", 0, 1, kBoth},
        CatalogRow{"AliasOfSomethingElse",
                   "aliases: [postgresql, pg]",
                   "aliases: [postgresql, pg, cassandra]",
                   1,
                   0,
                   {}},
        CatalogRow{"AliasDropped", "aliases: [postgresql, pg]", "aliases: [pg]", 0, 1, {}},
        CatalogRow{"DetectOnly", "tier_from: class,", "tier_from: size,", 0, 0, {}}),
    RowName());

TEST(Diff, ANewAliasIsShownAsItWouldBeWritten) {
  const auto diff = Diff(*WorkedPolicy(), *Worked("catalog.yaml", "aliases: [postgresql, pg]",
                                                  "aliases: [postgresql, pg, cassandra]"));
  ASSERT_THAT(diff.newly_auto(), SizeIs(1));
  EXPECT_THAT(diff.newly_auto(0).lines(), Contains(HasSubstr("cassandra/standard-s")));
}

TEST(Diff, AClassOfASystemIsAChangeOfWhatIsApproved) {
  const auto policy = Worked("org.yaml", "owner: team:uploads, classification: internal",
                             "owner: team:uploads, classification: restricted");
  const auto diff = Diff(*WorkedPolicy(), *policy);
  EXPECT_THAT(diff.newly_auto(), IsEmpty());
  EXPECT_THAT(diff.no_longer_auto(), Not(IsEmpty()));
}

TEST(Diff, PublishingTheSameFilesLaterChangesNothing) {
  const auto later = CompilePolicy(ShippedPolicy()->source(), Day(2027, 1, 31));
  ASSERT_TRUE(later.ok()) << later.status();
  const auto diff = Diff(*ShippedPolicy(), **later);
  EXPECT_THAT(diff.newly_auto(), IsEmpty());
  EXPECT_THAT(diff.no_longer_auto(), IsEmpty());
  EXPECT_THAT(diff.changed_auto_rules(), IsEmpty());
  EXPECT_THAT(diff.base_pins(),
              ElementsAre(ShippedPolicy()->rule_set_pin(), ShippedPolicy()->catalog_pin()));
}

}  // namespace
}  // namespace gavel::rules
