// docs/findings has a page for every code and no other, and what a page shows is so: its wrong
// example has the finding, its right one does not.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>

#include "engine/base/error.h"
#include "rules/analysis/analysis.h"
#include "rules/compile/policy_files.h"
#include "rules/document.h"
#include "rules/document/links.h"
#include "rules/evaluate.h"
#include "rules/explain.h"
#include "rules/finding_codes.h"
#include "rules/findings_page.h"
#include "rules/policy_problems.h"
#include "rules/test_policies.h"

namespace gavel::rules {
namespace {

using Codes = std::set<std::string>;
using testing::Contains;
using testing::HasSubstr;
using testing::Not;

// What no short example can show: a mebibyte of text (GV004), 64 KiB or 4,096 parts of YAML (GV005,
// GV017), a rule of the organisation's own (GV221, GV222), another detector or file of evidence
// (GV227, GV229), the server's history (GV231), a holiday file (GV508), the limits of a policy
// (GV509), two policies (N001, N002), what the shipped rules have on purpose (R014), the date
// (R018). Each has a test of its own beside the code that finds it.
const Codes& WithoutExample() {
  static const auto* const kCodes =
      new Codes{"GV004", "GV005", "GV017", "GV221", "GV222", "GV227", "GV229",
                "GV231", "GV508", "GV509", "N001",  "N002",  "R014",  "R018"};
  return *kCodes;
}

Codes CodesOfSpec(const std::string& text, const std::vector<v1::Evidence>& evidence) {
  Codes codes;
  const auto document = ReadDocument(text, {.policy = ShippedPolicy().get(), .evidence = evidence});
  if (!document.ok()) {
    for (const FieldViolation& violation : FieldViolationsOf(document.status()))
      codes.insert(violation.reason);
    return codes;
  }
  EvaluateInputs inputs;
  inputs.as_of = Day(2026, 11, 23);
  inputs.findings = document->findings;
  const v1::Verdict verdict = Evaluate(document->facts, *ShippedPolicy(), inputs);
  for (const v1::Finding& f : verdict.findings()) codes.insert(f.code());
  for (const v1::Finding& f : CheckLinks(text, [](const std::string&) { return false; }))
    codes.insert(f.code());
  return codes;
}

Codes CodesOfPolicy(const v1::PolicySource& source) {
  Codes codes;
  const auto policy = CompilePolicy(source, Day(2026, 11, 23));
  if (!policy.ok()) {
    for (const auto& problem : ProblemsOf(policy.status())) codes.insert(problem.code());
    return codes;
  }
  for (const auto& problem : ProblemsOf(**policy)) codes.insert(problem.code());
  for (const auto& problem : AnalysePolicy(**policy, Day(2026, 11, 23)))
    codes.insert(problem.code());
  return codes;
}

// The codes of a page's wrong and right example.
std::pair<Codes, Codes> CodesOf(const FindingsPage& page) {
  if (!PolicyFileOf(page.right.front()).empty()) {
    const v1::PolicySource& shipped = ShippedPolicy()->source();
    const PageBlock& right = page.right.front();
    return {CodesOfPolicy(PolicyWith(shipped, right, page.wrong.front())),
            CodesOfPolicy(PolicyWith(shipped, right, right))};
  }
  return {CodesOfSpec(SpecWith(page.wrong), page.wrong_evidence),
          CodesOfSpec(SpecWith(page.right), page.right_evidence)};
}

TEST(FindingsPages, AreThoseOfTheTable) {
  Codes pages, codes;
  for (const FindingsPage& page : ReadFindingsPages()) pages.insert(page.code);
  for (const FindingCode& code : AllFindingCodes()) codes.insert(std::string(code.code));
  EXPECT_EQ(pages, codes);
}

TEST(FindingsPages, SayWhatGavelExplainSays) {
  for (const FindingsPage& page : ReadFindingsPages()) {
    const FindingCode* const code = FindFindingCode(page.code);
    ASSERT_NE(code, nullptr) << page.code;
    const std::string explained = ExplainCode(page.code);
    const size_t words = explained.find("): ") + 3;
    EXPECT_THAT(page.text, testing::StartsWith(fmt::format(
                               "# {}\n\n**{}** · {}\n", page.code, SeverityWord(code->severity),
                               explained.substr(words, explained.find('\n') - words))));
    EXPECT_THAT(page.text, HasSubstr("\n## Mending it\n")) << page.code;
  }
}

TEST(FindingsPages, AreAllInTheIndex) {
  std::ifstream file(std::string(GAVEL_SOURCE_DIR) + "/docs/findings/README.md");
  std::stringstream index;
  index << file.rdbuf();
  for (const FindingCode& code : AllFindingCodes()) {
    EXPECT_THAT(index.str(), HasSubstr(fmt::format("| [{0}]({0}.md) | ", code.code)));
    EXPECT_THAT(index.str(), HasSubstr(fmt::format(" | {} |\n", code.meaning)));
  }
}

TEST(FindingsPages, HaveLinksThatLeadSomewhere) {
  const auto exists = [](const std::string& path) {
    return std::ifstream(std::string(GAVEL_SOURCE_DIR) + "/docs/findings/" + path).good();
  };
  for (const FindingsPage& page : ReadFindingsPages()) {
    EXPECT_TRUE(CheckLinks(page.text, exists).empty()) << page.code;
  }
}

TEST(FindingsPages, ShowAnExampleWhereThereCanBeOne) {
  for (const FindingsPage& page : ReadFindingsPages()) {
    const bool example = !page.wrong.empty() && !page.right.empty();
    EXPECT_EQ(example, WithoutExample().count(page.code) == 0) << page.code;
  }
}

TEST(FindingsPages, ShowExamplesThatAreSo) {
  for (const FindingsPage& page : ReadFindingsPages()) {
    if (page.right.empty()) continue;
    SCOPED_TRACE(page.code);
    const auto [wrong, right] = CodesOf(page);
    EXPECT_THAT(wrong, Contains(page.code));
    EXPECT_THAT(right, Not(Contains(page.code)));
  }
}

TEST(FindingsPages, AreReadByExamplesOfASpecThatIsRight) {
  EXPECT_EQ(CodesOfSpec(SpecWith({}), {}), Codes());
}

}  // namespace
}  // namespace gavel::rules
