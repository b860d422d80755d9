// Reading documents: what is refused, what is foreign, and what every kind of wrong value comes to.
#include "rules/document.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "engine/base/error.h"
#include "rules/test_documents.h"
#include "rules/test_policies.h"
#include "rules/test_row_name.h"

namespace gavel::rules {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

absl::StatusOr<Document> Read(const std::string& text) {
  const auto policy = WorkedPolicy();
  return ReadDocument(text, {.policy = policy.get(),
                             .default_area = "media",
                             .default_author = "bo",
                             .path = "specs/x.md"});
}

Document MustRead(const std::string& text) {
  auto document = Read(text);
  EXPECT_TRUE(document.ok()) << document.status();
  return document.ok() ? *std::move(document) : Document();
}

TEST(ReadDocument, FindsNothingWrongWithTheBoringSpec) {
  const Document document = MustRead(BoringSpec());
  EXPECT_THAT(CodesOf(document.findings), ElementsAre("GV301"));  // No section on alternatives.
  const v1::Facts& facts = document.facts;
  EXPECT_EQ(facts.title(), "Order ledger read replica");
  EXPECT_EQ(facts.area(), "media");
  EXPECT_THAT(facts.authors(), ElementsAre("ana"));
  EXPECT_EQ(facts.dependencies().dependencies_size(), 2);
  EXPECT_EQ(facts.dependencies().dependencies(0).source().line(), 13);
  EXPECT_EQ(facts.monthly_cost().low_cents(), 40000);
  EXPECT_EQ(facts.monthly_cost().high_cents(), 90000);
  EXPECT_EQ(facts.monthly_cost().source().line(), 18);
  EXPECT_THAT(facts.sections().values(), ElementsAre("cost", "rollback", "summary"));
  EXPECT_THAT(facts.mentions_undeclared().values(), IsEmpty());
  EXPECT_EQ(facts.coverage().value(), "declared_only");
  EXPECT_EQ(facts.body_line(), 21);
  EXPECT_FALSE(facts.foreign());
}

struct RefusedRow {
  const char* name;
  std::string text;
  const char* code;
  const char* says;
};
void PrintTo(const RefusedRow& row, std::ostream* os) { *os << row.name; }

std::string WithLine(const std::string& line) {
  return Edited(BoringSpec(), "regions: [us-east]\n", line + "\n");
}

std::string WithTitle(const std::string& quoted) {
  return Edited(BoringSpec(), "title: Order ledger read replica", "title: \"" + quoted + '"');
}

class ReadDocumentRefuses : public testing::TestWithParam<RefusedRow> {};

TEST_P(ReadDocumentRefuses, WithLineAndFix) {
  const auto document = Read(GetParam().text);
  ASSERT_FALSE(document.ok());
  EXPECT_EQ(document.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(ErrorReasonOf(document.status()), "SPEC_INVALID");
  const auto violations = FieldViolationsOf(document.status());
  ASSERT_FALSE(violations.empty());
  EXPECT_EQ(violations.front().reason, GetParam().code);
  EXPECT_THAT(violations.front().description, HasSubstr(GetParam().says));
  EXPECT_THAT(std::string(document.status().message()), HasSubstr("specs/x.md cannot be read"));
}

INSTANTIATE_TEST_SUITE_P(
    Table, ReadDocumentRefuses,
    testing::Values(
        RefusedRow{"Empty", "", "GV001", "empty"},
        RefusedRow{"OnlySpace", " \r\n\t\n", "GV001", "empty"},
        RefusedRow{"Nul", std::string("# a\n\0b", 6), "GV003", "line 2: NUL byte at offset 4"},
        RefusedRow{"NotUtf8", "# a\nb\xFF", "GV002", "line 2: Byte 0xff at offset 5"},
        RefusedRow{"Png", std::string("\x89PNG\r\n\x1a\n\0\0", 10), "GV003", "binary"},
        RefusedRow{"LargeBody", "# a\n" + std::string(2 * 1024 * 1024, 'x'), "GV004",
                   "at most 1048576"},
        RefusedRow{"LargeHeader",
                   "---\nspec: 1\nx-a: " + std::string(65 * 1024, 'x') + "\n---\n# a\n", "GV005",
                   "at most 65536"},
        RefusedRow{"Unclosed", "---\nspec: 1\ntitle: x\n\n# a\n", "GV006",
                   "line 1: The front matter"},
        RefusedRow{"DuplicateKey", WithLine("data: {personal: true}"), "GV011",
                   "line 16: The key `data` stands on line 15"},
        RefusedRow{"Anchor", WithLine("regions: &r [us-east]"), "GV012", "line 16"},
        RefusedRow{"SecondDocument", WithLine("..."), "GV015", "line 17"},
        RefusedRow{"Tab", WithLine("regions:\n\t- us-east"), "GV010",
                   "line 17: The line is indented with a tab"},
        RefusedRow{"Depth", WithLine("x-a: " + std::string(17, '[') + std::string(17, ']')),
                   "GV016", "16 levels"},
        RefusedRow{"ManyDependencies",
                   [] {
                     std::string list = "not_used:\n";
                     for (int i = 0; i < 5000; ++i) list += "  - a\n";
                     return WithLine(list);
                   }(),
                   "GV017", "4096"},
        RefusedRow{"BidiOverride",
                   WithLine("x-a: a\xE2\x80\xAE"
                            "b"),
                   "GV018", "U+202E"},
        RefusedRow{"ZeroWidthInEnum", Edited(BoringSpec(), "internal", "inter\xE2\x80\x8Bnal"),
                   "GV018", "line 15"},
        RefusedRow{"EscapedBreakInEnum", Edited(BoringSpec(), "internal", "\"inter\\nnal\""),
                   "GV018", "line 15: data.classification: The value holds a line break"},
        RefusedRow{"EscapedBidiInTitle", WithTitle("Queue \\u202e review"), "GV018", "U+202E"},
        RefusedRow{"ZeroWidthInTitle", WithTitle("Zero\xE2\x80\x8Bwidth title"), "GV018", "U+200B"},
        RefusedRow{"EscapedZeroWidthInTitle", WithTitle("Zero\\u200bwidth title"), "GV018",
                   "U+200B"},
        RefusedRow{"LineBreakInTitle", WithTitle("Queue\\n\\n# Heading"), "GV018",
                   "title: The value holds a line break"},
        RefusedRow{"TabInTitle", WithTitle("Queue\\treview"), "GV018", "title"},
        RefusedRow{"EscapeInTitle", WithTitle("Queue \\e[2J review"), "GV018", "U+001B"},
        RefusedRow{"TagInTitle", WithTitle("Queue \\U000E0041 review"), "GV018", "U+E0041"},
        RefusedRow{"LineBreakInOption",
                   Edited(BoringSpec(), "open_decisions: none",
                          "open_decisions:\n  - {question: Which of both queues?, "
                          "options: [\"a\\nb\", c]}"),
                   "GV018", "options[0]"},
        RefusedRow{"BrokenYaml", WithLine("regions: [us-east"), "GV010", "line 1"}),
    RowName());

TEST(ReadDocument, NamesEveryProblemOfARefusedDocument) {
  const auto document = Read(
      Edited(BoringSpec(), "regions: [us-east]\n", "data: 1\nregions: &r [us-east]\narea: b\n"));
  EXPECT_EQ(FieldViolationsOf(document.status()).size(), 3u);
}

struct ForeignRow {
  const char* name;
  std::string text;
};
void PrintTo(const ForeignRow& row, std::ostream* os) { *os << row.name; }

class ForeignDocuments : public testing::TestWithParam<ForeignRow> {};

TEST_P(ForeignDocuments, AreAcceptedWithEveryHeaderFactMissing) {
  const Document document = MustRead(GetParam().text);
  const v1::Facts& facts = document.facts;
  EXPECT_TRUE(facts.foreign());
  EXPECT_THAT(CodesOf(document.findings), Contains("GV115"));
  EXPECT_EQ(facts.area(), "media");
  EXPECT_THAT(facts.authors(), ElementsAre("bo"));
  EXPECT_EQ(facts.dependencies().status(), v1::FACT_STATUS_MISSING);
  EXPECT_EQ(facts.classification().status(), v1::FACT_STATUS_MISSING);
  EXPECT_EQ(facts.monthly_cost().status(), v1::FACT_STATUS_MISSING);
  EXPECT_EQ(facts.reversible().status(), v1::FACT_STATUS_MISSING);
}

INSTANTIATE_TEST_SUITE_P(
    Table, ForeignDocuments,
    testing::Values(ForeignRow{"NoFrontMatter", "# A title\n\ntext\n"},
                    ForeignRow{"YamlOfOthers", "---\nstatus: proposed\ntitle: x\n---\n# x\n"},
                    ForeignRow{"BrokenYamlOfOthers", "---\na: [1\na: &x 2020-01-45\n---\n# x\n"},
                    ForeignRow{"HugeHeaderOfOthers",
                               "---\na: " + std::string(70000, 'x') + "\n---\n# x\n"},
                    ForeignRow{"ListAsFrontMatter", "---\n- spec\n- b\n---\n# x\n"},
                    ForeignRow{"ScalarAsFrontMatter", "---\njust words\n---\n# x\n"},
                    ForeignRow{"IndentedSpecKey", "---\na:\n  spec: 1\n---\n# x\n"},
                    ForeignRow{"Rfc822", "PEP: 8\nTitle: x\n\ntext\n"},
                    ForeignRow{"Bullets", "Title\n----\n* Author(s): x\n* Status: y\n"},
                    ForeignRow{"Asciidoc", "= Title\n:author: x\n"},
                    ForeignRow{"FenceNotOnFirstLine", "\n---\nspec: 1\n---\n# x\n"},
                    ForeignRow{"RuleInTable", "| a |\n---\nspec: 1\n---\n"},
                    ForeignRow{"RuleInCode", "```\n---\nspec: 1\n---\n```\n"},
                    ForeignRow{"UnclosedRule", "---\n\n# x\n\ntext\n"},
                    ForeignRow{"LongerRule", "----\nspec: 1\n----\n"}),
    RowName());

TEST(ReadDocument, KeepsByteOrderMarkAndWindowsLineEndsApart) {
  std::string text = "\xEF\xBB\xBF";
  for (const char c : BoringSpec()) text += c == '\n' ? std::string("\r\n") : std::string(1, c);
  const Document document = MustRead(text);
  EXPECT_TRUE(document.facts.byte_order_mark());
  EXPECT_TRUE(document.facts.crlf());
  EXPECT_THAT(CodesOf(document.findings), ElementsAre("GV301"));
  EXPECT_EQ(document.facts.monthly_cost().source().line(), 18);
  EXPECT_THAT(document.facts.sections().values(), ElementsAre("cost", "rollback", "summary"));
}

TEST(ReadDocument, WithoutAPolicyTakesNamesAsWritten) {
  const auto document = ReadDocument(Edited(BoringSpec(), "area: media", "area: anything"), {});
  ASSERT_TRUE(document.ok());
  EXPECT_THAT(CodesOf(document->findings), IsEmpty());
  EXPECT_EQ(document->facts.area(), "anything");
  EXPECT_EQ(document->facts.sections().status(), v1::FACT_STATUS_UNSPECIFIED);
}

TEST(ReadDocument, BodyIsWhatFollowsTheFrontMatter) {
  EXPECT_EQ(DocumentBody("---\nspec: 1\n---\n# x\n"), "# x\n");
  EXPECT_EQ(DocumentBody("\xEF\xBB\xBF# x\n"), "# x\n");
  EXPECT_EQ(DocumentBody(""), "");
}

}  // namespace
}  // namespace gavel::rules
