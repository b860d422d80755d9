#include "clients/cli/output/shown_text.h"

#include <gtest/gtest.h>

namespace gavel::cli {
namespace {

struct Row {
  const char* name;
  std::string text;
  std::string shown;
};
void PrintTo(const Row& row, std::ostream* os) { *os << row.name; }

class ShownTextTest : public testing::TestWithParam<Row> {};

TEST_P(ShownTextTest, DropsWhatATerminalObeysAndWhatNobodySees) {
  EXPECT_EQ(ShownText(GetParam().text), GetParam().shown);
}

INSTANTIATE_TEST_SUITE_P(
    Texts, ShownTextTest,
    testing::Values(Row{"Plain", "größer 日本 👩‍💻", "größer 日本 👩‍💻"},
                    Row{"Layout", "a\n\tb", "a\n\tb"}, Row{"CarriageReturn", "a\rb", "ab"},
                    Row{"Escape", "\033[31ma", "[31ma"},
                    Row{"ControlsAboveAscii",
                        "a\xC2\x9B"
                        "b\xC2\x85"
                        "c",
                        "ab c"},
                    Row{"NoUtf8",
                        "a\x9B"
                        "31mb",
                        "a\xEF\xBF\xBD"
                        "31mb"},
                    Row{"HalfACharacter", "a\xE2\x80", "a\xEF\xBF\xBD\xEF\xBF\xBD"},
                    Row{"BidiOverride", "a\u202Eb\u2066c\u061Cd", "abcd"},
                    Row{"ZeroWidth", "a\u200Bb\uFEFFc\u00ADd", "abcd"},
                    Row{"Tags", "a\U000E0041b", "ab"}, Row{"LineSeparator", "a\u2028b", "a b"}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(ShownTextTest, OnlyColoursBehindOurMarkStay) {
  const std::string mark = NewColorMark();
  EXPECT_NE(mark, NewColorMark());
  const std::string text = mark + "1m\033[8mx\033[0m" + mark + "0m\033[2J";
  EXPECT_EQ(ShownText(text, mark), "\033[1m[8mx[0m\033[0m[2J");
  EXPECT_EQ(ShownText("\033[31mred", mark), "[31mred");
}

TEST(UnbrokenTest, KeepsColumns) { EXPECT_EQ(Unbroken("a  b\r\n\tc"), "a  b   c"); }

TEST(OneLineTest, NothingInATitleBeginsALine) {
  EXPECT_EQ(OneLine("  a\r\n\nAPPROVED \t b \n"), "a APPROVED b");
  EXPECT_EQ(OneLine(""), "");
}

TEST(HangingTest, EveryLineButTheFirstIsIndented) {
  EXPECT_EQ(Hanging("a\nb\n\nc\n", 2), "a\n  b\n  \n  c");
  EXPECT_EQ(Hanging("a", 2), "a");
}

TEST(QuotedTest, EveryLineIsMarked) {
  EXPECT_EQ(Quoted("a\nClosed: yes", "    "), "    > a\n    > Closed: yes");
}

}  // namespace
}  // namespace gavel::cli
