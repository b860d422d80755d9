#include "clients/lsp/text_index.h"

#include <gtest/gtest.h>

#include <string>

#include "clients/lsp/uri.h"

namespace gavel::lsp {
namespace {

struct Row {
  const char* name;
  std::string text;
  Position position;
  size_t utf16;
  size_t utf8;
};
void PrintTo(const Row& row, std::ostream* os) { *os << row.name; }

class OffsetTest : public testing::TestWithParam<Row> {};

TEST_P(OffsetTest, IsTheSameInBothUnits) {
  const Row& row = GetParam();
  const TextIndex index(row.text);
  EXPECT_EQ(index.OffsetOf(row.text, row.position, PositionEncoding::kUtf16), row.utf16);
  EXPECT_EQ(index.OffsetOf(row.text, row.position, PositionEncoding::kUtf8), row.utf8);
}

INSTANTIATE_TEST_SUITE_P(
    Places, OffsetTest,
    testing::Values(
        Row{"start", "ab\ncd", {0, 0}, 0, 0}, Row{"second_line", "ab\ncd", {1, 1}, 4, 4},
        Row{"behind_the_line", "ab\ncd", {0, 9}, 2, 2},
        Row{"behind_the_text", "ab\ncd", {7, 0}, 5, 5}, Row{"empty", "", {0, 3}, 0, 0},
        Row{"crlf", "ab\r\ncd", {1, 1}, 5, 5}, Row{"before_crlf", "ab\r\ncd", {0, 5}, 2, 2},
        Row{"lone_cr", "ab\rcd", {1, 1}, 4, 4}, Row{"mixed", "a\r\nb\rc\nd", {3, 0}, 7, 7},
        // U+1F600 is two units of UTF-16 and four bytes.
        Row{"behind_emoji", "\xF0\x9F\x98\x80x", {0, 2}, 4, 0},
        Row{"in_emoji", "\xF0\x9F\x98\x80x", {0, 1}, 0, 0},
        Row{"accent", "\xC3\xA9x", {0, 1}, 2, 0}, Row{"three_bytes", "\xE2\x82\xACx", {0, 3}, 4, 3},
        Row{"no_utf8", "\xFF\xFEx", {0, 2}, 2, 2}, Row{"cut_off", "a\xF0\x9F", {0, 9}, 3, 3}),
    [](const auto& test) { return test.param.name; });

TEST(TextIndexTest, APositionComesBackFromItsOffset) {
  const std::string text = "a\xC3\xA9\xF0\x9F\x98\x80\r\n\rx\n\n\xE2\x82\xAC end";
  const TextIndex index(text);
  for (const auto encoding : {PositionEncoding::kUtf16, PositionEncoding::kUtf8}) {
    for (size_t offset = 0; offset <= text.size(); ++offset) {
      const bool inside =
          offset < text.size() && (static_cast<unsigned char>(text[offset]) & 0xC0) == 0x80;
      const bool in_break = offset > 0 && text.substr(offset - 1, 2) == "\r\n";
      if (inside || in_break) continue;
      const Position position = index.PositionOf(text, offset, encoding);
      EXPECT_EQ(index.OffsetOf(text, position, encoding), offset);
    }
  }
}

TEST(TextIndexTest, AnOffsetInsideOfACharacterIsItsStart) {
  const std::string text = "\xF0\x9F\x98\x80";
  EXPECT_EQ(TextIndex(text).PositionOf(text, 2, PositionEncoding::kUtf16), (Position{0, 0}));
}

TEST(UriTest, PathsAreDecodedAndOthersMachinesAreNot) {
  EXPECT_EQ(PathOfUri("file:///a%20b/%C3%A9.md"), "/a b/é.md");
  EXPECT_EQ(PathOfUri("file://localhost/x"), "/x");
  EXPECT_EQ(PathOfUri("file:///a%2"), "/a%2");
  EXPECT_EQ(PathOfUri("file:///a%00b"), "");
  EXPECT_EQ(PathOfUri("file://server/share"), "");
  EXPECT_EQ(PathOfUri("untitled:Untitled-1"), "");
  EXPECT_EQ(PathOfUri(UriOfPath("/a b/é#?%.md")), "/a b/é#?%.md");
}

}  // namespace
}  // namespace gavel::lsp
