#include "clients/check/text_index.h"

#include <gtest/gtest.h>

namespace gavel::check {
namespace {

struct PlaceRow {
  const char* name;
  std::string_view text;
  size_t offset;
  int line;
  int column;
};

void PrintTo(const PlaceRow& row, std::ostream* os) { *os << row.name; }

class TextIndexPlaces : public testing::TestWithParam<PlaceRow> {};

TEST_P(TextIndexPlaces, AreLinesAndCodePoints) {
  const TextPlace place = TextIndex(GetParam().text).PlaceOf(GetParam().offset);
  EXPECT_EQ(place.line, GetParam().line);
  EXPECT_EQ(place.column, GetParam().column);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, TextIndexPlaces,
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

TEST(TextIndex, GivesLinesWithoutTheirEnds) {
  const TextIndex index("one\r\ntwo\n");
  EXPECT_EQ(index.Line(1), "one");
  EXPECT_EQ(index.Line(2), "two");
  for (const int none : {-1, 0, 3, 4}) EXPECT_EQ(index.Line(none), "") << none;
}

}  // namespace
}  // namespace gavel::check
