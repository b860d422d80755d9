#include "rules/yaml/strict_yaml.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "rules/test_row_name.h"

namespace gavel::rules {
namespace {

struct Refused {
  const char* name;
  std::string text;
  const char* code;
  int line;
};
void PrintTo(const Refused& row, std::ostream* os) { *os << row.name; }

std::string Nested(int depth) {
  return "spec: " + std::string(static_cast<size_t>(depth - 1), '[') +
         std::string(static_cast<size_t>(depth - 1), ']');
}

std::string ManyItems(int count) {
  std::string text = "list:\n";
  for (int i = 0; i < count; ++i) text += "  - {use: a/b}\n";
  return text;
}

class StrictYamlRefuses : public testing::TestWithParam<Refused> {};

TEST_P(StrictYamlRefuses, WithItsOwnCodeAndLine) {
  const YamlResult result = ParseStrictYaml(GetParam().text, {}, 2);
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.problems.front().code, GetParam().code) << result.problems.front().message;
  EXPECT_EQ(result.problems.front().line, GetParam().line) << result.problems.front().message;
}

// Texts start on line 2 of their file, as a front matter does.
INSTANTIATE_TEST_SUITE_P(
    Table, StrictYamlRefuses,
    testing::Values(Refused{"DuplicateKey", "spec: 1\na: 1\nb: 2\na: 3\n", "GV011", 5},
                    Refused{"DuplicateKeyBelow",
                            "data:\n  classification: public\n  classification: internal\n",
                            "GV011", 4},
                    Refused{"DuplicateKeyInQuotes", "a: 1\n'a': 2\n", "GV011", 3},
                    Refused{"Anchor", "a: &x 1\nb: 2\n", "GV012", 2},
                    Refused{"Alias", "b: 2\na: *x\n", "GV012", 3},
                    Refused{"AnchorOnList", "a: &x [1]\n", "GV012", 2},
                    Refused{"Tag", "a: 1\nb: !!str 1\n", "GV013", 3},
                    Refused{"OwnTag", "a: !thing {b: 1}\n", "GV013", 2},
                    Refused{"Directive", "%YAML 1.1\n---\na: 1\n", "GV013", 2},
                    Refused{"MergeKey", "a: 1\n<<: {b: 2}\n", "GV014", 3},
                    Refused{"SecondDocument", "a: 1\n...\n---\nb: 2\n", "GV015", 4},
                    Refused{"Depth17", Nested(17), "GV016", 2},
                    Refused{"TooManyEvents", ManyItems(1100), "GV017", 1025},
                    Refused{"TooManyBytes", "a: " + std::string(70000, 'x'), "GV005", 2},
                    Refused{"TabIndent", "a:\n\t- 1\n", "GV010", 3},
                    Refused{"UnterminatedQuote", "a: \"b\n", "GV010", 3},
                    Refused{"BareAt", "a: 1\nauthors: [@ana]\n", "GV010", 3},
                    Refused{"ListAsKey", "[1]: 2\n", "GV019", 2},
                    Refused{"ZeroWidthInKey",
                            "cl\xE2\x80\x8B"
                            "ass: 1\n",
                            "GV018", 2},
                    Refused{"BidiInValue", "b: 1\na: x\xE2\x80\xAEy\n", "GV018", 3},
                    Refused{"LineSeparatorInValue", "a: \"x\xE2\x80\xA8y\"\n", "GV018", 2},
                    Refused{"ByteOrderMarkInside",
                            "a: 1\n\xEF\xBB\xBF"
                            "b: 1\n",
                            "GV018", 3},
                    Refused{"ControlCharacter", "a: 1\nb: \x01\n", "GV010", 3},
                    Refused{"EscapedBidi", "a: 1\nb: \"x\\u202ey\"\n", "GV018", 3},
                    Refused{"EscapedLineSeparator", "a: \"x\\Ly\"\n", "GV018", 2},
                    Refused{"EscapedEscape", "a: \"\\e[2J\"\n", "GV018", 2},
                    Refused{"EscapedC1", "a: \"\\x9b31m\"\n", "GV018", 2},
                    Refused{"EscapedBell", "a: [\"x\\a\"]\n", "GV018", 2},
                    Refused{"EscapedBreakInKey", "\"a\\nb\": 1\n", "GV018", 2},
                    Refused{"EscapedZeroWidthInKey", "\"cl\\u200bass\": 1\n", "GV018", 2}),
    RowName());

TEST(StrictYaml, KeepsScalarsAsTextWithTheirPlace) {
  const YamlResult result = ParseStrictYaml("a: no\nb: \"0123\"\nc: {d: 2020-01-45}\n", {}, 2);
  ASSERT_TRUE(result.ok());
  EXPECT_EQ(result.root.Find("a")->value, "no");
  EXPECT_TRUE(result.root.Find("a")->plain);
  EXPECT_EQ(result.root.Find("b")->value, "0123");
  EXPECT_FALSE(result.root.Find("b")->plain);
  const YamlNode& date = *result.root.Find("c")->Find("d");
  EXPECT_EQ(date.value, "2020-01-45");
  EXPECT_EQ(date.line, 4);
  EXPECT_EQ(date.column, 8);
}

TEST(StrictYaml, AcceptsEscapedLineBreaksAndTabsInValues) {
  const YamlResult result = ParseStrictYaml("a: \"x\\n\\ty\"\n", {});
  ASSERT_TRUE(result.ok());
  EXPECT_EQ(result.root.Find("a")->value, "x\n\ty");
}

TEST(StrictYaml, CountsColumnsInCodePoints) {
  const YamlResult result = ParseStrictYaml("{ä: 1, b: 2}\n", {});
  ASSERT_TRUE(result.ok());
  EXPECT_EQ(result.root.entries[1].key.column, 8);
}

TEST(StrictYaml, AcceptsTheDepthAndEventsThatAreAllowed) {
  EXPECT_TRUE(ParseStrictYaml(Nested(16), {}).ok());
  EXPECT_TRUE(ParseStrictYaml(ManyItems(1000), {}).ok());
}

TEST(StrictYaml, StopsEarlyInADepthBomb) {
  const std::string bomb(60000, '[');
  EXPECT_EQ(ParseStrictYaml(bomb, {}).problems.front().code, "GV016");
}

TEST(StrictYaml, NamesEveryDuplicateInOneReading) {
  const YamlResult result = ParseStrictYaml("a: 1\na: 2\nb: 1\nb: 2\n", {});
  ASSERT_EQ(result.problems.size(), 2u);
  EXPECT_EQ(result.problems[1].message,
            "The key `b` stands on line 3 and again on line 4. Keep one.");
}

TEST(StrictYaml, SaysHowToWriteAPerson) {
  const YamlResult result = ParseStrictYaml("authors: [@ana]\n", {});
  EXPECT_NE(result.problems.front().message.find("Put quotes around a value that starts with @"),
            std::string::npos)
      << result.problems.front().message;
}

TEST(StrictYaml, ReadsWindowsLineEnds) {
  const YamlResult result = ParseStrictYaml("a: 1\r\nb: 2\r\n", {});
  ASSERT_TRUE(result.ok());
  EXPECT_EQ(result.root.Find("b")->value, "2");
  EXPECT_EQ(result.root.Find("b")->line, 2);
}

}  // namespace
}  // namespace gavel::rules
