#include "rules/fix/spec_template.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "rules/document.h"
#include "rules/document/links.h"
#include "rules/evaluate.h"
#include "rules/test_documents.h"
#include "rules/test_policies.h"

namespace gavel::rules {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// The codes that somebody sees who checks `text`, each once.
std::vector<std::string> CodesSeen(const std::string& text) {
  const auto policy = ShippedPolicy();
  const auto document = ReadDocument(text, {.policy = policy.get()});
  EXPECT_TRUE(document.ok()) << document.status();
  EvaluateInputs inputs;
  inputs.as_of = Day(2026, 11, 23);
  inputs.findings = document->findings;
  std::vector<std::string> codes = {};
  const v1::Verdict verdict = Evaluate(document->facts, *policy, inputs);
  for (const v1::Finding& finding : verdict.findings()) codes.push_back(finding.code());
  for (const v1::Finding& finding : CheckLinks(text, {})) codes.push_back(finding.code());
  std::sort(codes.begin(), codes.end());
  codes.erase(std::unique(codes.begin(), codes.end()), codes.end());
  return codes;
}

std::string New() {
  std::string text(SpecTemplate());
  text = Edited(std::move(text), "title: {{title}}", "title: \"Shared work queue\"");
  text = Edited(std::move(text), "# {{title}}", "# Shared work queue");
  text = Edited(std::move(text), "{{area}}", "media");
  return Edited(std::move(text), "{{author}}", "\"@ana\"");
}

constexpr std::string_view kWords =
    "We move image resizing off the upload request onto the shared work queue, so that an upload "
    "answers at once and nobody with a slow phone waits for thumbnails any more.\n";

// What an author does with the template, heading by heading.
std::string FilledIn() {
  std::string text = New();
  const std::pair<const char*, std::string> answers[] = {
      {"summary: TBD ", "summary: \"" + std::string(kWords.substr(0, kWords.size() - 1)) + "\" "},
      {"open_decisions: TBD", "open_decisions: none"},
      {"dependencies: TBD", "dependencies: [{use: k8s/standard, quantity: 4 instances}]"},
      {"{classification: TBD, personal: TBD}", "{classification: internal, personal: false}"},
      {"{monthly_usd: TBD, confidence: TBD}",
       "{monthly_usd: {low: 281, high: 337}, confidence: medium, in_a_year_usd: {low: 500, high: "
       "600}}"},
      {"{reversible: TBD, blast_radius: TBD}", "{reversible: true, blast_radius: low}"},
      {"## Summary\n", "## Summary\n" + std::string(kWords)},
      {"## Alternatives considered\n", "## Alternatives considered\n" + std::string(kWords)},
      {"## Risks, rollout and rollback\n",
       "## Risks, rollout and rollback\n" + std::string(kWords)},
      {"| TBD | TBD | TBD | TBD | TBD | TBD |",
       "| k8s/standard | 4 instances | $0.096 per hour | 281 | 337 | 4 × 0.096 × 730 h |"},
      {"| **Total** | | | **TBD** | **TBD** | |", "| **Total** | | | **281** | **337** | |"},
      {"In a year: TBD. One time: TBD. People: TBD.\n",
       "In a year: workers double, 500 to 600 a month. One time: none. People: none.\n"},
      {"If traffic doubles: TBD.\n",
       "If traffic doubles, workers double.\n" + std::string(kWords)}};
  for (const auto& [from, to] : answers) text = Edited(std::move(text), from, to);
  return text;
}

TEST(SpecTemplate, IsFoundWantingUntilItIsFilledIn) {
  EXPECT_THAT(CodesSeen(New()), ElementsAre("GV108", "GV220", "GV302", "GV304"));
}

TEST(SpecTemplate, IsCleanWhenFilledIn) { EXPECT_THAT(CodesSeen(FilledIn()), IsEmpty()); }

TEST(SpecTemplate, MissesEachAmountThatIsLeftOut) {
  EXPECT_THAT(CodesSeen(Edited(FilledIn(), "| 281 | 337 |", "| 281 | TBD |")),
              ElementsAre("GV315"));
  EXPECT_THAT(CodesSeen(Edited(FilledIn(), "**337**", "**TBD**")), ElementsAre("GV315"));
}

TEST(SpecTemplate, ShowsAWorkedExampleThatIsRight) {
  // The comment of the cost section, as text.
  std::string text(SpecTemplate());
  const size_t begin = text.find("| Uses |"), end = text.find("-->", begin);
  const std::string example = text.substr(begin, end - begin);
  text = Edited(FilledIn(), "In a year: workers double, 500 to 600 a month.", "Later: see below.");
  const size_t table = text.rfind("| Uses |"), behind = text.find("\n\n", table);
  text.replace(table, behind - table, example);
  text = Edited(std::move(text), "[{use: k8s/standard, quantity: 4 instances}]",
                "[{use: k8s/standard}, {use: s3/standard}, {use: kafka/shared}]");
  text = Edited(std::move(text), "{monthly_usd: {low: 281, high: 337}",
                "{monthly_usd: {low: 505, high: 661}");
  text = Edited(std::move(text), "{low: 500, high: 600}", "{low: 775, high: 985}");
  EXPECT_THAT(CodesSeen(text), IsEmpty()) << text;
  EXPECT_THAT(CodesSeen(Edited(text, "{low: 775, high: 985}", "{low: 775, high: 1985}")),
              ElementsAre("GV313"));
}

TEST(SpecTemplate, HandsOutItsParts) {
  EXPECT_EQ(TemplateKey("summary").text, "summary: TBD");
  EXPECT_THAT(TemplateKey("summary").comment, HasSubstr("Two or three sentences"));
  EXPECT_EQ(TemplateKey("presenter").text, "presenter: TBD");
  std::vector<std::string> headings;
  for (const TemplateSection& section : TemplateSections()) headings.push_back(section.heading);
  EXPECT_THAT(
      headings,
      ElementsAre("Summary", "Problem and evidence", "Goals and non-goals", "Decisions we need",
                  "Proposal", "Standard building blocks", "Cost", "Alternatives considered",
                  "Risks, rollout and rollback", "Security, privacy, data", "Operations",
                  "Test plan", "What would change our mind", "Appendix"));
}

}  // namespace
}  // namespace gavel::rules
