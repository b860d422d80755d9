#include "rules/explain.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "rules/document.h"
#include "rules/evaluate.h"
#include "rules/finding_codes.h"
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
          "  ✓ auto/standard-tiers  Uses only standard storage and compute — approves [T]",
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
          "  → postgres/standard-m costs at most 600 USD; dropping postgres/dedicated-xl for it "
          "would make all storage standard."));
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

TEST(ExplainText, ARuleThatIsFalseIsShownOnlyWhenAskedFor) {
  const v1::Verdict verdict = Decide(Edited(BoringSpec(), "standard-m", "dedicated-xl"));
  EXPECT_THAT(ExplainText(verdict, true),
              testing::IsSupersetOf({
                  "  · auto/standard-tiers  Uses only standard storage and compute — does not "
                  "apply [F]",
                  "      ✗ deps.storage only members of @standard (6 tiers): "
                  "postgres/dedicated-xl  (declared front-matter:13)",
              }));
}

TEST(ExplainText, ShowsRulesInShadowWhereAskedFor) {
  const v1::Verdict verdict = Decide(Edited(BoringSpec(), "personal: false", "personal: true"));
  const std::string line =
      "  · review/sensitive-data  Sensitive or personal data — in shadow, does not count "
      "[NOT_ENFORCED]";
  EXPECT_THAT(ExplainText(verdict, {.include_shadow = true}), testing::Contains(line));
  EXPECT_THAT(ExplainText(verdict, ExplainOptions{}), testing::Not(testing::Contains(line)));
}

TEST(ExplainText, ARuleInShadowThatCannotBeToldIsNoNewsToTheAuthor) {
  const std::string text = Edited(BoringSpec(), "service-change", "config-change");
  const v1::Verdict verdict =
      Decide({.text = Edited(text, "reversible: true", "reversible: unknown")}, *WorkedPolicy());
  const auto line = HasSubstr("auto/config-only");
  EXPECT_THAT(ExplainText(verdict, {.include_shadow = true}), testing::Contains(line));
  EXPECT_THAT(ExplainText(verdict, ExplainOptions{}), testing::Not(testing::Contains(line)));
}

TEST(ExplainText, EveryResultHasACodeOfItsOwn) {
  v1::RuleResult rule;
  std::set<std::string_view> codes;
  for (const v1::Truth truth : {v1::TRUTH_FALSE, v1::TRUTH_UNKNOWN, v1::TRUTH_TRUE}) {
    rule.set_truth(truth);
    codes.insert(ResultCode(rule));
  }
  for (int i = 1; i < v1::RuleResult::Suspension_ARRAYSIZE; ++i) {
    rule.set_suspension(static_cast<v1::RuleResult::Suspension>(i));
    codes.insert(ResultCode(rule));
  }
  EXPECT_THAT(codes,
              ElementsAre("BREAKER_OPEN", "EXPIRED", "F", "NOT_ENFORCED", "OVERRIDDEN", "T", "U"));
}

TEST(ExplainText, AnExpiredRuleSaysSoWhereItWouldHaveCounted) {
  const auto policy = ShippedPolicy();
  const auto document = ReadDocument(
      BoringSpec(),
      {.policy = policy.get(), .default_area = "media", .default_author = "ana", .path = ""});
  ASSERT_TRUE(document.ok());
  const v1::Verdict verdict =
      Evaluate(document->facts, *policy, {.as_of = Day(2027, 11, 24), .findings = {}});
  EXPECT_THAT(verdict.summary(), HasSubstr("not in @standard"));  // The tiers expire with it.

  const v1::Verdict worked = Decide({.inputs = {.as_of = Day(2027, 4, 1)}}, *WorkedPolicy());
  EXPECT_THAT(worked.summary(), HasSubstr("auto/standard-tiers is past its review date"));
  EXPECT_THAT(ExplainText(worked, false),
              testing::Contains(HasSubstr("past its review date, does not count [EXPIRED]")));
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
            "Shown as an error; the rules decide what follows.\n"
            "https://gavel.dev/docs/findings/GV204");
  EXPECT_THAT(ExplainCode("GV011"), HasSubstr("refused"));
  EXPECT_EQ(ExplainCode("GV999"), "");
}

}  // namespace
}  // namespace gavel::rules
