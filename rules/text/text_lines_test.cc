#include "rules/text/text_lines.h"

#include <gtest/gtest.h>

namespace gavel::rules {
namespace {

struct PlaceRow {
  const char* name;
  std::string_view text;
  size_t offset;
  int line;
  int column;
};

void PrintTo(const PlaceRow& row, std::ostream* os) { *os << row.name; }

class TextLinesPlaces : public testing::TestWithParam<PlaceRow> {};

TEST_P(TextLinesPlaces, AreLinesAndCodePoints) {
  const TextPlace place = TextLines(GetParam().text).PlaceOf(GetParam().offset);
  EXPECT_EQ(place.line, GetParam().line);
  EXPECT_EQ(place.column, GetParam().column);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, TextLinesPlaces,
    testing::Values(PlaceRow{"empty", "", 0, 1, 1}, PlaceRow{"first", "ab\ncd", 0, 1, 1},
                    PlaceRow{"line_end", "ab\ncd", 2, 1, 3}, PlaceRow{"second", "ab\ncd", 4, 2, 2},
                    PlaceRow{"end", "ab\ncd", 5, 2, 3}, PlaceRow{"behind", "ab\ncd", 99, 2, 3},
                    PlaceRow{"after_last_line", "ab\n", 3, 2, 1},
                    PlaceRow{"crlf", "ab\r\ncd", 4, 2, 1},
                    PlaceRow{"lone_cr_is_no_end", "a\rb", 2, 1, 3},
                    PlaceRow{"emoji_is_one", "\U0001F680x", 4, 1, 2},
                    PlaceRow{"two_byte_letter", "éx", 2, 1, 2},
                    PlaceRow{"byte_order_mark", "\xEF\xBB\xBFx", 3, 1, 1},
                    PlaceRow{"inside_the_mark", "\xEF\xBB\xBFx", 1, 1, 1},
                    PlaceRow{"not_utf8", "\xff\xffx", 2, 1, 3}),
    [](const auto& row) { return std::string(row.param.name); });

TEST_P(TextLinesPlaces, AreFoundAgain) {
  const TextLines lines(GetParam().text);
  const size_t offset = lines.OffsetOf(GetParam().line, GetParam().column);
  EXPECT_EQ(lines.PlaceOf(offset).line, GetParam().line);
  EXPECT_EQ(lines.PlaceOf(offset).column, GetParam().column);
}

TEST(TextLinesTest, GivesLinesWithoutTheirEnds) {
  const TextLines lines("one\r\ntwo\n");
  EXPECT_EQ(lines.Text(lines.Line(1)), "one");
  EXPECT_EQ(lines.Text(lines.WholeLine(1)), "one\r\n");
  EXPECT_EQ(lines.Text(lines.Line(2)), "two");
  EXPECT_EQ(lines.Text(lines.Line(3)), "");
  EXPECT_EQ(lines.newline(), "\r\n");
}

TEST(TextLinesTest, PlacesOutsideMeanTheNearest) {
  const TextLines lines("one\ntwo");
  EXPECT_EQ(lines.Text(lines.Line(0)), "one");
  EXPECT_EQ(lines.Text(lines.Line(9)), "two");
  EXPECT_EQ(lines.OffsetOf(1, 99), 3u);
  EXPECT_EQ(lines.OffsetOf(9, 1), 7u);
}

}  // namespace
}  // namespace gavel::rules
