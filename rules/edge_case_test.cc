// Rows of the edge table that need a day, another policy or something detected.
#include "rules/evaluate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rules/compile/policy_files.h"
#include "rules/document.h"
#include "rules/test_documents.h"
#include "rules/test_policies.h"
#include "rules/test_row_name.h"

namespace gavel::rules {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using Names = std::vector<std::string>;

constexpr auto kAuto = v1::REVIEW_MODE_AUTO;
constexpr auto kAsync = v1::REVIEW_MODE_ASYNC;
constexpr auto kSync = v1::REVIEW_MODE_SYNC;
constexpr char kRange[] = "{low: 400, high: 900}";
constexpr char kDeps[] =
    "dependencies:\n  - {use: postgres/standard-m, for: ledger reads}\n  - {use: k8s/standard}\n";
constexpr char kSensitive[] = "review/sensitive-data";

TEST(EdgeTableRow01, AForeignDocumentIsNeverApproved) {
  const std::string foreign = "# Just a title\n\nAnd some text.\n";
  v1::Verdict verdict = Decide({.text = foreign});
  EXPECT_TRUE(verdict.author_gate());
  EXPECT_THAT(FiredOf(verdict), Contains("builtin/dependencies-not-stated"));

  verdict = Decide({.text = foreign, .inputs = {.facts_unknown = true}});
  EXPECT_TRUE(verdict.author_gate());  // No cost section, in the worked organisation.
  EXPECT_THAT(FiredOf(verdict), Contains("author/cost-section"));

  verdict = Decide({.text = foreign, .inputs = {.facts_unknown = true}}, *ShippedPolicy());
  EXPECT_FALSE(verdict.author_gate()) << verdict.summary();
  EXPECT_EQ(verdict.mode(), kSync);
  EXPECT_TRUE(verdict.facts_unknown());
}

TEST(EdgeTableRow01, EvenARuleThatWouldHoldDoesNotApproveAForeignDocument) {
  v1::Facts facts;
  facts.set_foreign(true);
  facts.mutable_dependencies()->set_status(v1::FACT_STATUS_KNOWN);
  v1::Dependency& dependency = *facts.mutable_dependencies()->add_dependencies();
  dependency.set_product("postgres");
  dependency.set_tier("standard-m");
  facts.mutable_coverage()->set_status(v1::FACT_STATUS_KNOWN);
  facts.mutable_coverage()->set_value("full");
  for (auto* fact : {facts.mutable_undeclared(), facts.mutable_mentions_undeclared()})
    fact->set_status(v1::FACT_STATUS_KNOWN);
  EXPECT_EQ(Evaluate(facts, *ShippedPolicy(), {.as_of = Day(2026, 11, 23)}).mode(), kSync);
  facts.set_foreign(false);
  EXPECT_EQ(Evaluate(facts, *ShippedPolicy(), {.as_of = Day(2026, 11, 23)}).mode(), kAuto);
}

TEST(EdgeTableRow11, SumsThatOverflowAreUnknown) {
  v1::PolicySource source = WorkedSource();
  std::string& catalog = (*source.mutable_files())["catalog.yaml"];
  catalog = Edited(catalog, "max_monthly_usd: 600", "max_monthly_usd: 92233720368547758.07");
  const auto policy = CompilePolicy(source, Day(2026, 11, 22));
  ASSERT_TRUE(policy.ok());
  const v1::Verdict verdict = Decide({}, **policy);
  EXPECT_EQ(verdict.mode(), kSync);
  EXPECT_THAT(FiredOf(verdict), ElementsAre("review/one-way-door"));
}

TEST(EdgeTableRow13, WrongValuesStayWrongWhenFactsAreStatedUnknown) {
  const v1::Verdict verdict = Decide(
      {.text = Edited(BoringSpec(), "internal,", "secret,"), .inputs = {.facts_unknown = true}});
  EXPECT_TRUE(verdict.author_gate());
}

TEST(EdgeTableRow21, TheLastDayOfATierIsStillBeforeItsSunset) {
  const std::string text = Edited(BoringSpec(), "postgres/standard-m", "dynamodb/on-demand");
  for (const auto& [as_of, fired] :
       {std::pair{Day(2026, 3, 30), Names{}}, std::pair{Day(2026, 3, 31), Names{}},
        std::pair{Day(2026, 4, 1), Names{"builtin/sunset-dependency"}}}) {
    const v1::Verdict verdict = Decide({.text = text, .inputs = {.as_of = as_of}});
    EXPECT_EQ(verdict.mode(), kAsync);
    EXPECT_EQ(FiredOf(verdict), fired);
  }
}

TEST(EdgeTableRow22, ATierPastItsReviewCountsAsAllowed) {
  v1::PolicySource source = WorkedSource();
  std::string& rules = (*source.mutable_files())["rules.yaml"];
  rules = Edited(rules, "state: enforce\n    review_by: 2027-03-31",
                 "state: enforce\n    review_by: 2028-03-31");
  const auto policy = CompilePolicy(source, Day(2026, 11, 22));
  ASSERT_TRUE(policy.ok()) << policy.status();
  EXPECT_EQ(Decide({.inputs = {.as_of = Day(2027, 6, 30)}}, **policy).mode(), kAuto);
  const v1::Verdict verdict = Decide({.inputs = {.as_of = Day(2027, 7, 1)}}, **policy);
  EXPECT_EQ(verdict.mode(), kAsync);
  EXPECT_THAT(verdict.summary(),
              HasSubstr("`postgres/standard-m` (standard until 2027-06-30) is not in @standard"));
}

TEST(EdgeTableRow37, TwoAutoRulesApproveAndTheHigherAuditCounts) {
  v1::PolicySource source = WorkedSource();
  std::string& rules = (*source.mutable_files())["rules.yaml"];
  const size_t start = rules.find("  - id: auto/standard-tiers");
  std::string copy = rules.substr(start, rules.find("  # 2.") - start);
  copy = Edited(Edited(copy, "auto/standard-tiers", "auto/again"), "{audit: 10%}", "{audit: 40%}");
  rules += copy;
  const auto policy = CompilePolicy(source, Day(2026, 11, 22));
  ASSERT_TRUE(policy.ok()) << policy.status();
  const v1::Verdict verdict = Decide({}, **policy);
  EXPECT_EQ(verdict.mode(), kAuto);
  EXPECT_EQ(verdict.audit_percent(), 40);
  EXPECT_EQ(verdict.auto_rule(), "auto/again");
  EXPECT_THAT(FiredOf(verdict), ElementsAre("auto/again", "auto/standard-tiers"));
}

TEST(EdgeTableRow38, AnEmptyRuleSetGivesTheDefault) {
  v1::PolicySource source = WorkedSource();
  std::string& rules = (*source.mutable_files())["rules.yaml"];
  rules = rules.substr(0, rules.find("rules:"));
  const auto policy = CompilePolicy(source, Day(2026, 11, 22));
  ASSERT_TRUE(policy.ok()) << policy.status();
  const v1::Verdict verdict = Decide({}, **policy);
  EXPECT_EQ(verdict.mode(), kAsync);
  EXPECT_FALSE(verdict.author_gate());
  EXPECT_EQ(verdict.summary(), "Async review in media: no rule approves it.");
}

TEST(EdgeTableRow42, APatternOverALongTitleIsLinear) {
  v1::PolicySource source = WorkedSource();
  (*source.mutable_files())["rules.yaml"] +=
      "  - id: flag/slow\n    title: x\n    owner: team:platform\n    why: x\n    state: enforce\n "
      "   review_by: 2027-12-31\n"
      "    when: {spec.title: {matches: \"(a+)+$\"}}\n    then: {flag: {label: slow, message: "
      "x}}\n";
  const auto policy = CompilePolicy(source, Day(2026, 11, 22));
  ASSERT_TRUE(policy.ok()) << policy.status();
  const auto titled = [&](const std::string& title) {
    return Decide({.change = [&](v1::Facts& facts) { facts.set_title(title); }}, **policy);
  };
  EXPECT_THAT(FiredOf(titled(std::string(1000000, 'a') + "!")), ElementsAre("auto/standard-tiers"));
  EXPECT_THAT(FiredOf(titled(std::string(1000000, 'a'))),
              ElementsAre("auto/standard-tiers", "flag/slow"));
}

TEST(EdgeTableRow48, WhatADetectorFoundAsksForPeople) {
  const v1::Verdict verdict = Decide(
      {.change = [](v1::Facts& facts) { facts.mutable_undeclared()->add_values("kafka/shared"); }});
  EXPECT_THAT(FiredOf(verdict), ElementsAre("review/undeclared-dependency"));
  EXPECT_THAT(verdict.areas(), ElementsAre("platform"));
}

TEST(EdgeTableRow48, AnUnmappedResourceIsUncataloged) {
  const v1::Verdict verdict = Decide({.change = [](v1::Facts& facts) {
    facts.mutable_undeclared()->add_values("aws_msk_cluster");
  }});
  EXPECT_THAT(FiredOf(verdict),
              ElementsAre("builtin/uncataloged-dependency", "review/undeclared-dependency"));
}

TEST(EdgeTableRow49, WithoutDetectionNothingIsApproved) {
  const v1::Verdict verdict =
      Decide({.change = [](v1::Facts& facts) { facts.mutable_coverage()->set_value("none"); }});
  EXPECT_EQ(verdict.mode(), kAsync);
  EXPECT_THAT(verdict.summary(),
              HasSubstr("how much was looked at is none and the rule wants at least partial"));
}

TEST(EdgeTableRow54, ARuleApprovesThroughItsReviewDate) {
  EXPECT_EQ(Decide({.inputs = {.as_of = Day(2027, 3, 31)}}).mode(), kAuto);
  const v1::Verdict verdict = Decide({.inputs = {.as_of = Day(2027, 4, 1)}});
  EXPECT_EQ(verdict.mode(), kAsync);
  EXPECT_THAT(verdict.summary(), HasSubstr("past its review date"));
}

TEST(EdgeTableRow56, APolicyChangeNeedsTwoPeople) {
  const v1::Verdict verdict = Decide({.inputs = {.history = {.changes_policy = true}}});
  EXPECT_EQ(verdict.mode(), kSync);
  ASSERT_EQ(verdict.reviewers_size(), 1);
  EXPECT_EQ(verdict.reviewers(0).count(), 2);
  EXPECT_EQ(verdict.reviewers(0).from(), "group:media-reviewers");
}

TEST(EdgeTableRow59, AnOpenBreakerApprovesNothing) {
  const v1::Verdict verdict = Decide({.inputs = {.breaker_open = {"auto/standard-tiers"}}});
  EXPECT_EQ(verdict.mode(), kAsync);
  EXPECT_THAT(verdict.summary(), HasSubstr("breaker"));
}

}  // namespace
}  // namespace gavel::rules
