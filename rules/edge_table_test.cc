// The edge table of the design (rules.md, section 5): the verdict of each row, and, as a golden
// file, every word that its author would read.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "engine/base/error.h"
#include "rules/document.h"
#include "rules/edge_rows.h"
#include "rules/evaluate.h"
#include "rules/explain.h"
#include "rules/test_documents.h"
#include "rules/test_policies.h"
#include "rules/test_row_name.h"
#include "tests/testing/golden.h"

namespace gavel::rules {
namespace {

using Names = std::vector<std::string>;

class EdgeTable : public testing::TestWithParam<EdgeRow> {};

TEST_P(EdgeTable, HasTheVerdictOfTheDesign) {
  const EdgeRow& row = GetParam();
  const v1::Verdict verdict = Decide({.text = Edited(BoringSpec(), row.from, row.to)});
  EXPECT_EQ(verdict.author_gate(), row.gate) << verdict.summary();
  EXPECT_EQ(verdict.mode(), row.mode) << verdict.summary();
  EXPECT_EQ(Names(verdict.areas().begin(), verdict.areas().end()), row.areas) << verdict.summary();
  EXPECT_EQ(FiredOf(verdict), row.fired) << verdict.summary();
}

INSTANTIATE_TEST_SUITE_P(Table, EdgeTable, testing::ValuesIn(EdgeRows()), RowName());

// A document that is more than one edit of the boring spec.
struct WholeRow {
  const char* name;
  std::string text;
  bool facts_unknown = false;
};

// The boring spec with `line` in the place of its regions.
std::string WithLine(const std::string& line) {
  return Edited(BoringSpec(), "regions: [us-east]\n", line + "\n");
}

std::string Repeated(const std::string& text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

std::vector<WholeRow> WholeRows() {
  const std::string foreign = "# Just a title\n\nAnd some text.\n";
  const auto cost = [](const char* value) {
    return Edited(BoringSpec(), "{low: 400, high: 900}", value);
  };
  std::string crlf = BoringSpec();
  for (size_t at = 0; (at = crlf.find('\n', at)) != std::string::npos; at += 2)
    crlf.replace(at, 1, "\r\n");
  return {
      {"Row01Foreign", foreign},
      {"Row01ForeignFactsUnknown", foreign, true},
      {"Row02List", "---\n- a\n- b\n---\n" + foreign},
      {"Row02Scalar", "---\njust words\n---\n" + foreign},
      {"Row03DuplicateKey", WithLine("data: {classification: public}")},
      {"Row10Negative", cost("-1")},
      {"Row10NotANumber", cost("NaN")},
      {"Row10Exponent", cost("1e3")},
      {"Row10Underscore", cost("1_000")},
      {"Row10Currency", cost("400 EUR")},
      {"Row11OneCentMore", cost("92233720368547758.08")},
      {"Row24TooManyDependencies", Edited(BoringSpec(), "  - {use: k8s/standard}\n",
                                          Repeated("  - {use: k8s/standard}\n", 5000))},
      {"Row31Crlf", crlf},
      {"Row31ByteOrderMark", "\xEF\xBB\xBF" + BoringSpec()},
      {"Row31Tab", WithLine("regions:\n\t- us-east")},
      {"Row32NotUtf8", WithLine("regions: [\xFF]")},
      {"Row32Nul", WithLine(std::string("regions: [\0]", 12))},
      {"Row32Bidi", WithLine("regions: [\xE2\x80\xAEus-east]")},
      {"Row32ZeroWidth", WithLine("regions: [us\xE2\x80\x8B-east]")},
      {"Row33Anchor", WithLine("regions: &r [us-east]")},
      {"Row33Alias", WithLine("regions: *r")},
      {"Row33MergeKey", WithLine("<<: {a: b}")},
      {"Row33Tag", WithLine("regions: !!set [us-east]")},
      {"Row33SecondDocument", WithLine("regions: [us-east]\n...\nspec: 2")},
      {"Row34FrontMatterTooLong", WithLine("# " + std::string(66560, 'x'))},
      {"Row34TooDeep", WithLine("regions: " + std::string(20, '[') + std::string(20, ']'))},
      {"Row34BodyTooLong", BoringSpec() + std::string(2 << 20, 'x')},
  };
}

// What the author of `text` reads: the refusal, or findings and verdict.
std::string Answer(const std::string& text, bool facts_unknown) {
  const auto document = ReadDocument(text, {.policy = WorkedPolicy().get(),
                                            .default_area = "media",
                                            .default_author = "ana",
                                            .path = "specs/x.md"});
  std::string answer;
  if (!document.ok()) {
    answer = fmt::format("REFUSED {}\n", std::string(document.status().message()));
    for (const FieldViolation& violation : FieldViolationsOf(document.status()))
      answer +=
          fmt::format("  {}  {}: {}\n", violation.reason, violation.field, violation.description);
    return answer;
  }
  const v1::Verdict verdict = Decide({.text = text, .inputs = {.facts_unknown = facts_unknown}});
  for (const v1::Finding& finding : verdict.findings()) answer += FindingText(finding) + "\n";
  for (const std::string& line : ExplainText(verdict, false)) answer += line + "\n";
  return answer;
}

TEST(EdgeTable, SaysToTheAuthor) {
  std::string page =
      "# What authors read in the rows of the edge table\n\n"
      "The worked organisation of the design. Rewritten with `GAVEL_UPDATE_GOLDEN=1`.\n";
  std::map<std::string, std::string> sections;
  for (const EdgeRow& row : EdgeRows())
    sections[row.name] = Answer(Edited(BoringSpec(), row.from, row.to), false);
  for (const WholeRow& row : WholeRows()) sections[row.name] = Answer(row.text, row.facts_unknown);
  for (const auto& [name, text] : sections)
    page += fmt::format("\n## {}\n\n```\n{}```\n", name, text);
  ExpectGolden("edge_table.md", page);
}

}  // namespace
}  // namespace gavel::rules
