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
  EXPECT_EQ(OneLine("a\xC2\x85"
                    "b\xE2\x80\xA8"
                    "c\xC2\x9B"
                    "d"),
            "a b c d");
}

TEST(WordingTest, OneLineHidesAndReordersNothing) {
  EXPECT_EQ(OneLine("que\xE2\x80\xAE"
                    "ue\xE2\x80\x8B \xF3\xA0\x81\x81"
                    "end"),
            "queue end");
  EXPECT_EQ(OneLine("a\xFF"
                    "b"),
            "a\xFF"
            "b")
      << "bytes that are no UTF-8 are not ours to judge";
}

TEST(WordingTest, Ordinals) {
  const std::pair<int, const char*> rows[] = {
      {1, "1st"},   {2, "2nd"},   {3, "3rd"},     {4, "4th"},     {11, "11th"},      {12, "12th"},
      {13, "13th"}, {21, "21st"}, {112, "112th"}, {103, "103rd"}, {1002, "1,002nd"}, {20, "20th"},
  };
  for (const auto& [number, text] : rows) EXPECT_EQ(OrdinalText(number), text);
}

TEST(WordingTest, Lists) {
  EXPECT_EQ(ListText({}), "");
  EXPECT_EQ(ListText(std::vector<std::string>{"A-1"}), "A-1");
  EXPECT_EQ(ListText(std::vector<std::string>{"A-1", "A-2"}), "A-1 and A-2");
  EXPECT_EQ(ListText(std::vector<std::string>{"A-1", "A-2", "A-3"}), "A-1, A-2 and A-3");
}

}  // namespace
}  // namespace gavel
