#include "rules/document/links.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rules/document/heading_anchor.h"
#include "rules/test_row_name.h"

namespace gavel::rules {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

bool OnlyTheDesign(const std::string& path) { return path == "design notes.md"; }

std::vector<std::string> Complaints(std::string_view body) {
  std::vector<std::string> places;
  for (const v1::Finding& f : CheckLinks(body, OnlyTheDesign)) {
    places.push_back(fmt::format("{} {}:{}", f.code(), f.line(), f.column()));
  }
  return places;
}

struct Row {
  const char* name;
  const char* line;
  const char* complaint;  // Empty where the link is right.
};
void PrintTo(const Row& row, std::ostream* os) { *os << row.name; }

class Links : public testing::TestWithParam<Row> {};

TEST_P(Links, AreJudgedByWhereTheyLead) {
  const std::string text = fmt::format("# What would change our mind?\n\n{}\n", GetParam().line);
  std::vector<std::string> expected;
  if (*GetParam().complaint != '\0') expected.push_back(GetParam().complaint);
  EXPECT_EQ(Complaints(text), expected);
}

INSTANTIATE_TEST_SUITE_P(
    Table, Links,
    testing::Values(Row{"Address", "See [it](https://gavel.dev/x).", ""},
                    Row{"File", "See [it](design%20notes.md#risks).", ""},
                    Row{"PointyFile", "See [it](<design notes.md> \"Title\").", ""},
                    Row{"MissingFile", "See [it](design.md).", "GV401 3:5"},
                    Row{"MissingFileBehindEmoji", "🙂 [it](design.md)", "GV401 3:3"},
                    Row{"RootPath", "[it](/docs/design.md)", ""},
                    Row{"Heading", "[it](#what-would-change-our-mind)", ""},
                    Row{"MissingHeading", "[it](#what-would-change)", "GV402 3:1"},
                    Row{"NoTarget", "[it]()", "GV403 3:1"}, Row{"HashOnly", "[it](#)", "GV403 3:1"},
                    Row{"NoText", "[](https://gavel.dev)", "GV403 3:1"},
                    Row{"PictureWithoutText", "![](design%20notes.md)", ""},
                    Row{"Script", "[it](javascript:alert(1))", "GV404 3:1"},
                    Row{"Data", "[it](data:text/html,x)", "GV404 3:1"},
                    Row{"DataPicture", "![it](data:image/png;base64,AAAA)", ""},
                    Row{"Example", "[it](https://wiki.example.com/x)", "GV405 3:1"},
                    Row{"Placeholder", "[it](TBD)", "GV405 3:1"},
                    Row{"PointyPlaceholder", "[it](<link>)", "GV405 3:1"},
                    Row{"Definition", "[it]: gone.md", "GV401 3:1"},
                    Row{"Footnote", "[^1]: gone.md says", ""},
                    Row{"InlineCode", "Write `[it](gone.md)` so.", ""},
                    Row{"DoubleInlineCode", "Write ``a ` [it](gone.md)`` so.", ""},
                    Row{"Escaped", "Write \\[it](gone.md) so.", ""},
                    Row{"Comment", "<!-- [it](gone.md) --> text", ""},
                    Row{"BehindAComment", "<!-- x --> [it](gone.md)", "GV401 3:12"},
                    Row{"PictureInALink", "[![it](gone.png)](https://gavel.dev)", "GV401 3:3"}),
    RowName());

TEST(CheckLinks, NamesTheFirstTwoHundredOfALineThatIsFull) {
  std::string line;
  for (int i = 0; i < 40'000; ++i) line += "[a](b.md) ";
  EXPECT_EQ(CheckLinks(line, [](const std::string&) { return false; }).size(), 200u);
  EXPECT_TRUE(CheckLinks(std::string(900'000, '['), nullptr).empty());
}

TEST(CheckLinks, LeavesCodeAlone) {
  EXPECT_THAT(Complaints("```\n[it](gone.md)\n```\n"), IsEmpty());
}

TEST(CheckLinks, LeavesFilesAloneWhereNobodyKnowsThem) {
  EXPECT_THAT(CheckLinks("[it](gone.md)\n", {}), IsEmpty());
}

TEST(CheckLinks, CountsLinesBehindTheFrontMatterInFilesWithCarriageReturns) {
  EXPECT_THAT(Complaints("---\r\nspec: 1\r\n---\r\n\r\n[a](b.md) [c](d.md)\r\n"),
              ElementsAre("GV401 5:1", "GV401 5:11"));
}

TEST(HeadingAnchor, IsWhatHostsMakeOfAHeading) {
  EXPECT_EQ(HeadingAnchor("Risks, rollout and rollback"), "risks-rollout-and-rollback");
  EXPECT_EQ(HeadingAnchor("Größe & `kms_key`"), "größe--kms_key");
}

TEST(AnchorsOf, NumbersRepeatedHeadingsAndKnowsWrittenOnes) {
  EXPECT_THAT(AnchorsOf(ReadOutline("# A\n## A\n<a id=\"here\"></a>\n## B {#bee}\n", 1)),
              testing::IsSupersetOf({"a", "a-1", "here", "bee"}));
}

}  // namespace
}  // namespace gavel::rules
