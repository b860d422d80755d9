#include "engine/documents/markdown.h"

#include <gtest/gtest.h>

namespace gavel::documents {
namespace {

struct Row {
  const char* name;
  const char* text;
  const char* safe;
};
void PrintTo(const Row& row, std::ostream* out) { *out << row.name; }

constexpr Row kRows[] = {
    {"plain", "Upload retries", "Upload retries"},
    {"lines", " a\n# b\t c ", "a # b c"},
    {"empty", " \n ", "not said"},
    {"comparison", "p99 < 200 ms & x > 1", "p99 < 200 ms & x > 1"},
    {"tag", "vector<int>", "vector\\<int>"},
    {"closing_tag", "a</b>", "a\\</b>"},
    {"entity", "a &amp; b", "a \\&amp; b"},
    {"link", "[a](http://x)", "[a\\](http://x)"},
    {"reference", "[a][b] [c]: d", "[a\\][b] [c\\]: d"},
    {"brackets", "[RFC] a", "[RFC] a"},
    {"code", "use `vector<int>` here", "use `vector<int>` here"},
    {"lone_backtick", "a ` b <i>", "a \\` b \\<i>"},
    {"double_backticks", "`` ` <i> `", "\\`\\` \\` \\<i> \\`"},
    {"escaped_backtick", "\\` <i> `", "\\` \\<i> \\`"},
    {"escaped_tag", "\\<i>", "\\<i>"},
    {"escaped_backslash", "\\\\<i>", "\\\\\\<i>"},
    {"backslash_at_the_end", "C:\\", "C:\\\\"},
    {"emphasis", "*really*", "*really*"},
};

class InlineTest : public ::testing::TestWithParam<Row> {};

TEST_P(InlineTest, KeepsTheWordsAndTakesTheirPower) {
  EXPECT_EQ(Inline(GetParam().text), GetParam().safe);
}

TEST_P(InlineTest, TwiceIsOnce) {
  EXPECT_EQ(Inline(Inline(GetParam().text)), Inline(GetParam().text));
}

INSTANTIATE_TEST_SUITE_P(All, InlineTest, ::testing::ValuesIn(kRows),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(MarkdownTest, SentenceEndsOnce) {
  EXPECT_EQ(Sentence("who rotates"), "who rotates.");
  EXPECT_EQ(Sentence("who rotates?"), "who rotates?");
  EXPECT_EQ(Sentence(""), "not said.");
}

TEST(MarkdownTest, SeveralLinesBecomeAQuotation) {
  MarkdownWriter out;
  out.Quote("", "Why", "one\n\n  two <b>\n");
  out.Quote("  ", "Why", "one");
  EXPECT_EQ(out.Take(), "- Why:\n  > one\n  >\n  > two \\<b>\n  - Why: one\n");
}

}  // namespace
}  // namespace gavel::documents
