// Fixes of the body: sections, the cost table, links.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rules/document.h"
#include "rules/document/links.h"
#include "rules/fix/fix.h"
#include "rules/test_documents.h"
#include "rules/test_policies.h"

namespace gavel::rules {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::string_view kTable =
    "## Cost\n\n| Uses | Quantity | Low, per month | High, per month | How "
    "|\n|---|---|--:|--:|---|\n"
    "| postgres/standard-m | 1 instances | $400 | $900 | 2 × $200 |\n"
    "| k8s/standard | | none | none | |\n"
    "| **Total** | | **$400** | **$900** | |\n\n";

std::string Spec() { return Edited(BoringSpec(), "## Cost\n\n", kTable); }

std::vector<v1::Finding> FindingsOf(const std::string& text, std::string_view code) {
  const auto policy = WorkedPolicy();
  const auto document = ReadDocument(text, {.policy = policy.get()});
  EXPECT_TRUE(document.ok()) << document.status();
  std::vector<v1::Finding> found = document->findings;
  for (const v1::Finding& finding : CheckLinks(text, {})) found.push_back(finding);
  std::erase_if(found, [&](const v1::Finding& finding) { return finding.code() != code; });
  return found;
}

// `text` after the first fix of its first finding of that code, about that field if there is one.
std::string Mended(const std::string& text, std::string_view code, std::string_view field = "") {
  const auto policy = WorkedPolicy();
  auto findings = FindingsOf(text, code);
  std::erase_if(findings, [&](const v1::Finding& finding) {
    return !field.empty() && finding.field() != field;
  });
  EXPECT_FALSE(findings.empty());
  const auto fixes =
      findings.empty() ? std::vector<Fix>() : FixesFor(text, findings.front(), policy.get());
  EXPECT_FALSE(fixes.empty());
  return fixes.empty() ? text : ApplyEdits(text, fixes.front().edits);
}

TEST(InsertSection, StandsWhereTheTemplateHasIt) {
  const std::string mended = Mended(BoringSpec(), "GV301");
  EXPECT_THAT(mended, HasSubstr("and is free.\n\n## Alternatives considered\n<!-- At least one, "));
  EXPECT_THAT(mended, HasSubstr("\"do nothing\". -->\n\n## Rollback\n"));
  EXPECT_THAT(FindingsOf(mended, "GV301"), IsEmpty());
  EXPECT_EQ(FindingsOf(mended, "GV302").size(), 1u) << "found wanting until it is filled in";
}

TEST(InsertSection, GoesToTheEndWhereNothingElseIsKnown) {
  EXPECT_THAT(Mended("---\nspec: 1\n---\n# Title", "GV301", "summary"),
              HasSubstr("# Title\n\n## Summary\n<!-- Three"));
}

TEST(InsertSection, OfCostBringsTheTableToFillIn) {
  const std::string text = Edited(BoringSpec(), "## Cost\n", "## Money\n");
  const std::string mended = Mended(text, "GV301", "cost");
  EXPECT_THAT(mended, HasSubstr("| **Total** | | | **TBD** | **TBD** | |\n"));
  EXPECT_THAT(FindingsOf(mended, "GV301"), testing::SizeIs(FindingsOf(text, "GV301").size() - 1));
}

TEST(InsertCostRow, NamesTheDependencyAndAsksForAmounts) {
  std::string text = Edited(Spec(), "| k8s/standard | | none | none | |\n", "");
  text = Edited(text, "{use: k8s/standard}", "{use: k8s/standard, quantity: 4 instances}");
  const std::string mended = Mended(text, "GV311");
  EXPECT_THAT(mended,
              HasSubstr("| 2 × $200 |\n| k8s/standard | 4 instances | TBD | TBD |  |\n| **T"));
  EXPECT_THAT(FindingsOf(mended, "GV311"), IsEmpty());
  EXPECT_EQ(FindingsOf(mended, "GV315").size(), 2u);
}

TEST(WriteTotal, KeepsBoldAndCurrency) {
  const std::string mended = Mended(Edited(Spec(), "**$400**", "**$450**"), "GV312");
  EXPECT_EQ(mended, Spec());
}

TEST(WriteDeclaredCost, WritesPlainNumbers) {
  const std::string text = Edited(Spec(), "{low: 400, high: 900}", "{low: 40, high: 90}");
  EXPECT_EQ(Mended(text, "GV313"), Spec());
}

TEST(WriteDeclaredCost, MakesARangeOfOneAmount) {
  const std::string text = Edited(Spec(), "{low: 400, high: 900}", "100");
  EXPECT_EQ(Mended(text, "GV313"), Spec());
}

TEST(WriteDeclaredCost, KnowsTheYearFromTheMonth) {
  std::string text =
      Edited(Spec(), "**$900** | |\n\n", "**$900** | |\n\nIn a year: 500 to 1,000 a month.\n\n");
  text = Edited(text, "  monthly_usd: {low: 400, high: 900}\n",
                "  monthly_usd: {low: 400, high: 900}\n  in_a_year_usd: 600\n");
  EXPECT_THAT(Mended(text, "GV313"), HasSubstr("in_a_year_usd: {low: 500, high: 1000}\n"));
}

TEST(WriteProductAmount, IsTheProduct) {
  const std::string text = Edited(Spec(), "2 × $200", "3 × $200");
  EXPECT_THAT(Mended(text, "GV314"), HasSubstr("| $600 | $900 | 3 × $200 |"));
}

TEST(OfferHeading, IsTheNearest) {
  const std::string text = Edited(BoringSpec(), "one flag.", "one [flag](#rolback).");
  EXPECT_THAT(Mended(text, "GV402"), HasSubstr("one [flag](#rollback)."));
}

TEST(RangeOf, IsTheLinkAlone) {
  const std::string text = Edited(BoringSpec(), "one flag.", "one [flag](#rolback).");
  const TextRange range = RangeOf(text, FindingsOf(text, "GV402").front());
  EXPECT_EQ(text.substr(range.begin, range.end - range.begin), "[flag](#rolback)");
}

TEST(RangeOf, IsTheKeyOrTheValue) {
  const auto range_text = [](const std::string& text, std::string_view code) {
    const TextRange range = RangeOf(text, FindingsOf(text, code).front());
    return text.substr(range.begin, range.end - range.begin);
  };
  EXPECT_EQ(range_text(Edited(BoringSpec(), "regions: [us-east]", "region: [us-east]"), "GV102"),
            "region");
  EXPECT_EQ(range_text(Edited(BoringSpec(), "classification: internal",
                              "classification: \"Internal 🙂\""),
                       "GV104"),
            "\"Internal 🙂\"");
  EXPECT_EQ(range_text(BoringSpec(), "GV301"), "---");
}

TEST(ApplyEdits, LeavesOutWhatOverlaps) {
  const std::vector<TextEdit> edits = {
      {4, 2, "X"}, {0, 1, "A"}, {5, 3, "Y"}, {6, 0, "+"}, {99, 1, "Z"}};
  EXPECT_EQ(ApplyEdits("0123456789", edits), "A123X+6789");
}

}  // namespace
}  // namespace gavel::rules
