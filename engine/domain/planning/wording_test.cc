#include "engine/domain/planning/wording.h"

#include <gtest/gtest.h>

namespace gavel {
namespace {

TEST(WordingTest, CountsTakeAPluralAndGroupThousands) {
  EXPECT_EQ(CountText(0, "day"), "0 days");
  EXPECT_EQ(CountText(1, "day"), "1 day");
  EXPECT_EQ(CountText(999, "word"), "999 words");
  EXPECT_EQ(CountText(4200, "word"), "4,200 words");
  EXPECT_EQ(CountText(1234567, "word"), "1,234,567 words");
  EXPECT_EQ(CountText(-100, "minute"), "-100 minutes");
  EXPECT_EQ(CountText(-4200, "minute"), "-4,200 minutes");
}

TEST(WordingTest, OneLineCannotStartAnother) {
  EXPECT_EQ(OneLine("plain"), "plain");
  EXPECT_EQ(OneLine("  two\r\n# lines\t and\x07 bell \n"), "two # lines and bell");
  EXPECT_EQ(OneLine("Größe “x”"), "Größe “x”");
  EXPECT_EQ(OneLine(" \n "), "");
}

}  // namespace
}  // namespace gavel
