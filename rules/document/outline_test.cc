#include "rules/document/outline.h"

#include <gtest/gtest.h>

#include "rules/document/sections.h"
#include "rules/test_documents.h"
#include "rules/test_policies.h"
#include "rules/test_row_name.h"

namespace gavel::rules {
namespace {

const std::string kWords =
    "The instance costs 400 USD a month at least, and at most 900 USD when the storage grows as "
    "fast as it "
    "did in the year before, which nobody expects.\n";

struct TitleRow {
  const char* name;
  const char* header;
  const char* body;
  const char* title;
};
void PrintTo(const TitleRow& row, std::ostream* os) { *os << row.name; }

class ForeignTitles : public testing::TestWithParam<TitleRow> {};
TEST_P(ForeignTitles, AreFound) {
  EXPECT_EQ(ForeignTitle(GetParam().header, ReadOutline(GetParam().body, 1)), GetParam().title);
}
INSTANTIATE_TEST_SUITE_P(
    Table, ForeignTitles,
    testing::Values(
        TitleRow{"Markdown", "", "# A title #\n\ntext\n", "A title"},
        TitleRow{"Setext", "", "A27: xDS Load Balancing\n----\n* Author: x\n",
                 "A27: xDS Load Balancing"},
        TitleRow{"Asciidoc", "", "= Highest Session Count\n:author: x\n", "Highest Session Count"},
        TitleRow{
            "Rfc822", "",
            "PEP: 8\nTitle: Style Guide\nStatus: Active\n\nIntroduction\n============\n\ntext\n",
            "Style Guide"},
        TitleRow{"RestOverline", "", "========\nOverview\n========\n\ntext\n", "Overview"},
        TitleRow{"YamlOfOthers", "eip: 20\ntitle: \"Token\"\n", "## Abstract\n\ntext\n", "Token"},
        TitleRow{"HeadingBeforeHeader", "title: From header\n", "# From heading\n", "From heading"},
        TitleRow{"AfterComment", "", "<!-- # not\nthis -->\n\n# This\n", "This"},
        TitleRow{"NotInCode", "", "```\n# not this\n```\n## This\n", "This"},
        TitleRow{"Unsafe", "", "# A \x1B[8mtitle\xE2\x80\xAE\tof\xC2\x9B others\n",
                 "A [8mtitle of others"},
        TitleRow{"NoHeading", "", "\nJust text.\n", "Just text."},
        TitleRow{"Nothing", "", "\n---\n", ""}),
    RowName());

TEST(Outline, EndsASectionAtTheNextHeadingOfItsLevel) {
  const Outline outline = ReadOutline("# A\n## B\nx\n### C\ny\n## D\nz\n", 10);
  ASSERT_EQ(outline.headings.size(), 4u);
  EXPECT_EQ(outline.headings[1].text, "B");
  EXPECT_EQ(outline.headings[1].line, 11);
  EXPECT_EQ(outline.headings[1].last, 5u);
  EXPECT_EQ(outline.headings[0].last, 7u);
}

TEST(Outline, TakesNoTableRowOrRuleForAHeading) {
  EXPECT_TRUE(ReadOutline("| a | b |\n|---|---|\n| 1 | 2 |\n", 1).headings.empty());
  EXPECT_TRUE(ReadOutline("one line\nanother line\n---\n", 1).headings.empty());
  EXPECT_TRUE(ReadOutline("\n---\n\ntext\n", 1).headings.empty());
}

TEST(Outline, ReadsAMegabyteOfHeadingsOrOpenTagsInLinearTime) {
  std::string headings, tags;
  while (headings.size() < 1000000) headings += "# a\n";
  EXPECT_EQ(ReadOutline(headings, 1).headings.size(), 250000u);
  EXPECT_FALSE(WithoutLinksAndCode(std::string(1000000, '<')).empty());
  while (tags.size() < 1000000) tags += "](";
  WithoutLinksAndCode(tags);
}

// Ids of the sections that count, and the codes of those that do not, for the worked organisation.
std::vector<std::string> Present(const std::string& body) {
  std::vector<std::string> ids;
  for (const FoundSection& section :
       FindSections(WorkedPolicy()->org(), ReadOutline(body, 1)).present) {
    ids.push_back(section.id);
  }
  return ids;
}
std::string CostCode(const std::string& body) {
  for (const v1::Finding& finding :
       FindSections(WorkedPolicy()->org(), ReadOutline(body, 1)).findings) {
    if (finding.field() == "cost") return finding.code();
  }
  return "present";
}

struct SectionRow {
  const char* name;
  std::string body;
  const char* code;
};
void PrintTo(const SectionRow& row, std::ostream* os) { *os << row.name; }

class CostSections : public testing::TestWithParam<SectionRow> {};
TEST_P(CostSections, CountOrSayWhyNot) { EXPECT_EQ(CostCode(GetParam().body), GetParam().code); }
INSTANTIATE_TEST_SUITE_P(
    Table, CostSections,
    testing::Values(
        SectionRow{"Plain", "## Cost\n" + kWords, "present"},
        SectionRow{"OtherLevel", "#### Cost\n" + kWords, "present"},
        SectionRow{"Suffix", "## Cost estimate (draft)\n" + kWords, "present"},
        SectionRow{"Numbered", "## 3.1 Costs\n" + kWords, "present"},
        SectionRow{"Setext", "Cost\n----\n" + kWords, "present"},
        SectionRow{"Subsection", "## Cost\n### Storage\n" + kWords, "present"},
        SectionRow{"Missing", "## Costume\n" + kWords, "GV301"},
        SectionRow{"Empty", "## Cost\n## Next\n" + kWords, "GV302"},
        SectionRow{"TemplateOnly", "## Cost\n<!-- " + kWords + " -->\n", "GV302"},
        SectionRow{"HeadingInFence", "```\n## Cost\n" + kWords + "```\n", "GV301"},
        SectionRow{"HeadingInComment", "<!--\n## Cost\n" + kWords + "-->\n", "GV301"},
        SectionRow{"TextInFence", "## Cost\n~~~\n" + kWords + "~~~\n", "GV302"},
        SectionRow{"OnlyALink",
                   "## Cost\n[" + kWords.substr(0, kWords.size() - 1) + "](https://example.org)\n",
                   "GV302"},
        SectionRow{
            "NoCurrency",
            "## Cost\n" + std::string(30, 'x') +
                " one two three four five six seven eight nine ten eleven twelve 13 14 15 16 17 "
                "18 19 20 21 22 23 24 25 26\n",
            "GV304"},
        SectionRow{"TwoPrefixes", "## Cost of delay\n" + kWords + "## Cost of work\n" + kWords,
                   "GV303"},
        SectionRow{"ExactBeforePrefix", "## Cost of delay\n" + kWords + "## Cost\n" + kWords,
                   "present"},
        SectionRow{"SecondExactIsFilled", "## Cost\n\n## Costs\n" + kWords, "present"}),
    RowName());

TEST(Sections, PreferTheLongestName) {
  EXPECT_EQ(Present("## Risks, rollout and rollback\n" + kWords + "## Alternatives considered\n" +
                    kWords),
            (std::vector<std::string>{"alternatives", "rollback"}));
}

TEST(Words, CountWhatHasLettersOrDigits) {
  EXPECT_EQ(CountWords("| a | -- | 3 € |\n ünï"), 4);
  EXPECT_EQ(CountWords(""), 0);
}

}  // namespace
}  // namespace gavel::rules
