#include "rules/explain.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "rules/document.h"
#include "rules/evaluate.h"
#include "rules/finding_codes.h"
#include "rules/rule_test.h"
#include "rules/test_documents.h"
#include "rules/test_policies.h"

namespace gavel::rules {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

v1::Verdict Decide(const std::string& text) {
  const auto policy = ShippedPolicy();
  const auto document = ReadDocument(
      text, {.policy = policy.get(), .default_area = "media", .default_author = "ana", .path = ""});
  EXPECT_TRUE(document.ok()) << document.status();
  return Evaluate(document->facts, *policy,
                  {.as_of = Day(2026, 11, 23), .findings = document->findings});
}

TEST(ExplainText, SaysWhyARuleApproved) {
  EXPECT_THAT(
      ExplainText(Decide(BoringSpec()), false),
      ElementsAre(
          "Auto-approved by auto/standard-tiers: uses only standard storage and compute.",
          "  ✓ auto/standard-tiers  Uses only standard storage and compute — approves",
          "      Standard tiers were reviewed once, as a category, so a spec that uses nothing "
          "else needs no second review.",
          "      ✓ deps.storage only members of @standard (6 tiers): postgres/standard-m  "
          "(declared front-matter:13)",
          "      ✓ deps.compute only members of @standard (6 tiers): k8s/standard  (declared "
          "front-matter:14)",
          "      ✓ deps.other only members of @standard (6 tiers): none  (declared "
          "front-matter:13)",
          "      ✓ deps.all more than 0 entries: postgres/standard-m, k8s/standard  (declared "
          "front-matter:13,14)",
          "      ✓ detect.coverage at least declared_only: declared_only  (derived detectors)"));
}

TEST(ExplainText, SaysWhatStoodInTheWay) {
  EXPECT_THAT(
      ExplainText(Decide(Edited(BoringSpec(), "standard-m", "dedicated-xl")), false),
      ElementsAre(
          "Sync review in media: auto/standard-tiers did not apply, as `postgres/dedicated-xl` is "
          "not in @standard.",
          "  · auto/standard-tiers  Uses only standard storage and compute — does not apply",
          "      Standard tiers were reviewed once, as a category, so a spec that uses nothing "
          "else needs no second review.",
          "      ✗ deps.storage only members of @standard (6 tiers): postgres/dedicated-xl  "
          "(declared front-matter:13)"));
}

TEST(ExplainText, ShowsTheAuthorTheWayAhead) {
  const v1::Verdict verdict = Decide(
      Edited(BoringSpec(), "k8s/standard}\n", "dynamo/on-demand}\nreview: {wants: maybe}\n"));
  EXPECT_EQ(verdict.summary(),
            "Back to the author: a value of the front matter is wrong (line 15). As it stands it "
            "would get sync review "
            "by platform.");
}

TEST(ExplainText, VerboseShowsEveryRuleAndThePins) {
  const auto lines = ExplainText(Decide(BoringSpec()), true);
  EXPECT_THAT(lines, testing::Contains(HasSubstr("review/one-way-door")));
  EXPECT_THAT(lines.back(), HasSubstr("gavel-default@sha256:"));
}

TEST(FindingText, IsOneLineWithPlaceSeverityAndCode) {
  EXPECT_EQ(FindingText(MakeFinding("GV204", "x", "message", 14, 9)),
            "  14:9   error  GV204  message");
  EXPECT_EQ(FindingText(MakeFinding("GV311", "x", "message")), "  —      warn   GV311  message");
}

TEST(FindingCodes, AreUniqueAndSorted) {
  std::string last;
  for (const FindingCode& code : AllFindingCodes()) {
    EXPECT_LT(last, code.code);
    EXPECT_TRUE(code.meaning.ends_with('.')) << code.code;
    last = code.code;
  }
}

TEST(FindingCodes, AreExplained) {
  EXPECT_EQ(ExplainCode("gv204"),
            "GV204 (error): The product or tier is not in the catalog, so people must look at it. "
            "Shown as an error; the "
            "rules decide what follows.");
  EXPECT_THAT(ExplainCode("GV011"), HasSubstr("refused"));
  EXPECT_EQ(ExplainCode("GV999"), "");
}

std::string TestFile(const std::string& cases) {
  return "kind: RuleTest\nversion: 1\nrule_set: acme-main\nas_of: 2026-11-22\nbase: {deps: "
         "[postgres/standard-m]}\ncases:\n" +
         cases;
}

TEST(RuleTests, ReportWhatIsNotAsExpected) {
  const auto report = RunRuleTests(
      *WorkedPolicy(),
      TestFile("  - name: wrong\n    expect: {mode: auto, fired: [auto/standard-tiers]}\n"));
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_EQ(report->cases, 1);
  EXPECT_THAT(report->failures,
              testing::Contains("rules.test.yaml:7: wrong: mode is sync, expected auto"));
  EXPECT_THAT(report->failures, testing::Contains(HasSubstr("fired is [author/cost-section")));
  EXPECT_THAT(report->failures,
              testing::Contains("rules.test.yaml: no case fires review/cost-splitting. Add one."));
  EXPECT_THAT(report->failures,
              testing::Contains(
                  "rules.test.yaml: every case fires author/cost-section. Add one that does not."));
}

TEST(RuleTests, ListsAreExactUnlessTheySayContains) {
  const std::string base = "  - name: a\n    expect: {fired: ";
  const auto failures = [&](const std::string& expect) {
    const auto report = RunRuleTests(*WorkedPolicy(), TestFile(base + expect + "}\n"));
    EXPECT_TRUE(report.ok()) << report.status();
    return std::count_if(report->failures.begin(), report->failures.end(),
                         [](const std::string& failure) {
                           return failure.find("fired is") != std::string::npos;
                         });
  };
  EXPECT_EQ(failures("[author/cost-section]"), 1);
  EXPECT_EQ(failures("{contains: [author/cost-section]}"), 0);
  EXPECT_EQ(failures("{contains: [auto/standard-tiers]}"), 1);
}

TEST(RuleTests, AWrongFileIsAnError) {
  for (const std::string cases : {"  - name: a\n    set: {dep: none}\n    expect: {}\n",
                                  "  - name: a\n    expect: {modus: auto}\n",
                                  "  - name: a\n    expects: {}\n", "  - nonsense\n"}) {
    EXPECT_FALSE(RunRuleTests(*WorkedPolicy(), TestFile(cases)).ok()) << cases;
  }
}

}  // namespace
}  // namespace gavel::rules
