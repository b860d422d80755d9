#include "clients/chat/text.h"

#include <gtest/gtest.h>

namespace gavel::chat {
namespace {

TEST(CleanLineTest, DropsWhatReordersHidesOrCommands) {
  struct Row {
    const char* in;
    const char* out;
  };
  for (const Row& row : {Row{"a\r\nb\tc", "a b c"}, Row{"  padded  ", "padded"},
                         Row{"evil\xE2\x80\xAEtxt.exe", "eviltxt.exe"},  // U+202E
                         Row{"a\xE2\x81\xA6"
                             "b\xE2\x81\xA9"
                             "c",
                             "abc"},                                 // U+2066, U+2069
                         Row{"zero\xE2\x80\x8Bwidth", "zerowidth"},  // U+200B
                         Row{"bell\x07"
                             "bold\x02"
                             "ctcp\x01",
                             "bellboldctcp"},
                         Row{"bad \xFF byte", "bad \xEF\xBF\xBD byte"},
                         Row{"line\xE2\x80\xA8separator", "line separator"},  // U+2028
                         Row{"Zürich “ok” 🙂", "Zürich “ok” 🙂"}}) {
    EXPECT_EQ(CleanLine(row.in), row.out);
  }
}

TEST(ClipTest, CountsCodePointsAndMarksTheCut) {
  EXPECT_EQ(Clip("äöü", 3), "äöü");
  EXPECT_EQ(Clip("äöüß", 3), "äö…");
  EXPECT_EQ(Clip("ab", 1), "…");
  EXPECT_EQ(Clip("", 5), "");
}

TEST(ClipTest, BytesNeverSplitACodePoint) {
  EXPECT_EQ(ClipBytes("äöü", 6), "äöü");
  EXPECT_EQ(ClipBytes("äöüß", 6), "ä…");
  EXPECT_EQ(ClipBytes("äöüß", 7), "äö…");
}

TEST(DefuseMentionsTest, BreaksMentionsAndLeavesAddresses) {
  EXPECT_EQ(DefuseMentions("@everyone"),
            "@\xE2\x80\x8B"
            "everyone");
  EXPECT_EQ(DefuseMentions("hey @channel!"),
            "hey @\xE2\x80\x8B"
            "channel!");
  EXPECT_EQ(DefuseMentions("ana@example.org"), "ana@example.org");
}

}  // namespace
}  // namespace gavel::chat
