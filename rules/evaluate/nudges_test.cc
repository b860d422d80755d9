#include "rules/evaluate/nudges.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rules/evaluate.h"
#include "rules/test_documents.h"
#include "rules/test_policies.h"

namespace gavel::rules {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> TextsOf(const v1::Verdict& verdict) {
  std::vector<std::string> texts;
  for (const v1::Nudge& nudge : verdict.nudges())
    texts.push_back(nudge.field() + " | " + nudge.rule() + " | " + nudge.text());
  return texts;
}

std::vector<std::string> NudgesOf(const std::string& text) {
  return TextsOf(Decide({.text = text}));
}

std::string With(std::string_view from, std::string_view to) {
  return Edited(BoringSpec(), from, to);
}

// Drops the cost section, heading and all.
void DropCostSection(v1::Facts& facts) {
  auto& sections = *facts.mutable_sections()->mutable_values();
  for (auto at = sections.begin(); at != sections.end();)
    at = *at == "cost" ? sections.erase(at) : at + 1;
}

TEST(Nudges, NameTheTierThatReplacesADeprecatedOne) {
  EXPECT_THAT(
      TextsOf(Decide({.text = With("postgres/standard-m", "dynamodb/on-demand"),
                      .inputs = {.as_of = Day(2026, 3, 1)}})),
      ElementsAre("deps.storage | auto/standard-tiers | postgres/standard-m costs at most 600 USD; "
                  "dropping dynamodb/on-demand (sunset 2026-03-31) for it would make all storage "
                  "standard."));
}

TEST(Nudges, ElseTheLargestTierOfTheSameProductThatTheRuleAccepts) {
  EXPECT_THAT(
      NudgesOf(With("postgres/standard-m", "postgres/dedicated-xl")),
      ElementsAre("deps.storage | auto/standard-tiers | postgres/standard-m costs at most 600 USD; "
                  "dropping postgres/dedicated-xl for it would make all storage standard."));
  EXPECT_THAT(
      NudgesOf(With("k8s/standard", "k8s/turbo")),  // Not in the catalog.
      ElementsAre("deps.compute | auto/standard-tiers | k8s/standard costs at most 900 USD; "
                  "dropping k8s/turbo for it would make all compute standard."));
}

TEST(Nudges, NameAMissingSection) {
  EXPECT_THAT(TextsOf(Decide({.change = DropCostSection})),
              ElementsAre("sections | auto/standard-tiers | With the section cost, "
                          "auto/standard-tiers would approve it."));
}

TEST(Nudges, SayWhenItTakesAllOfThem) {
  EXPECT_THAT(TextsOf(Decide({.text = With("postgres/standard-m", "postgres/dedicated-xl"),
                              .change = DropCostSection})),
              ElementsAre("deps.storage | auto/standard-tiers | postgres/standard-m costs at most "
                          "600 USD; dropping postgres/dedicated-xl for it would make all storage "
                          "standard. It takes all suggestions together.",
                          "sections | auto/standard-tiers | With the section cost, "
                          "auto/standard-tiers would approve it. It takes all suggestions "
                          "together."));
}

TEST(Nudges, AreSilentWhereNothingOfTheKindWouldDo) {
  EXPECT_THAT(NudgesOf(BoringSpec()), IsEmpty());  // Approved already.
  EXPECT_THAT(NudgesOf(With("postgres/standard-m", "cassandra/standard")), IsEmpty());
  // Standard tiers alone would not do: the author wants people, and numbers are not for nudging.
  const std::string xl = With("postgres/standard-m", "postgres/dedicated-xl");
  EXPECT_THAT(NudgesOf(Edited(xl, "high: 900", "high: 2500")), IsEmpty());
  EXPECT_THAT(NudgesOf(Edited(xl, "title:", "review: {wants: async}\ntitle:")), IsEmpty());
  EXPECT_THAT(NudgesOf(Edited(xl, "personal: false", "personal: true")), IsEmpty());
}

TEST(Nudges, NeverConcernNumbersClassesOrDetection) {
  EXPECT_THAT(NudgesOf(With("high: 900", "high: 2001")), IsEmpty());
  EXPECT_THAT(NudgesOf(With("classification: internal", "classification: confidential")),
              IsEmpty());
  EXPECT_THAT(
      TextsOf(Decide(
          {.change = [](v1::Facts& facts) { facts.mutable_coverage()->set_value("none"); }})),
      IsEmpty());
}

TEST(Nudges, AreTrueOfTheSpecThatTheyDescribe) {
  v1::Facts facts;
  Decide({.text = With("postgres/standard-m", "postgres/dedicated-xl"),
          .change = [&](v1::Facts& read) { facts = read; }});
  for (v1::Dependency& dependency : *facts.mutable_dependencies()->mutable_dependencies()) {
    if (dependency.tier() == "dedicated-xl") dependency.set_tier("standard-m");
  }
  EXPECT_EQ(Evaluate(facts, *WorkedPolicy(), {.as_of = Day(2026, 11, 22)}).mode(),
            v1::REVIEW_MODE_AUTO);
}

TEST(Nudges, AreNotGivenForAForeignDocument) {
  EXPECT_THAT(NudgesOf("# A proposal\n\nWords.\n"), IsEmpty());
}

}  // namespace
}  // namespace gavel::rules
