#include "clients/cli/output/table.h"

#include <gtest/gtest.h>

#include "clients/cli/output/wrap.h"

namespace gavel::cli {
namespace {

using Lines = std::vector<std::vector<std::string>>;

TEST(TableTest, IsAlignedWhereThereIsRoom) {
  EXPECT_EQ(TableLines({{"KEY", "TITLE"}, {"A-1", "größer"}, {"A-22", ""}}, 80),
            (Lines{{"KEY   TITLE"}, {"A-1   größer"}, {"A-22"}}));
  EXPECT_EQ(TableLines({}, 80), Lines{});
}

TEST(TableTest, TheWidestTextGivesWay) {
  EXPECT_EQ(TableLines({{"A-1", "one two three four", "a b"}}, 20),
            (Lines{{"A-1  one two     a b", "     three four"}}));
}

TEST(TableTest, WordsAloneAreNeverCut) {
  EXPECT_EQ(
      TableLines({{"PLATFORM-1234", "CHANGES_REQUESTED", "a b"}}, 10),
      (Lines{{"PLATFORM-1234  CHANGES_REQUESTED  a", "                                  b"}}));
}

TEST(TableTest, ALongWordOfATextIs) {
  const std::string word(50, 'x');
  EXPECT_EQ(TableLines({{"A-1", "é " + word}}, 30),
            (Lines{{"A-1  é", "     " + std::string(25, 'x'), "     " + std::string(25, 'x')}}));
}

TEST(TableTest, ColoursTakeNoColumns) {
  EXPECT_EQ(TableLines({{"\033[31ma\033[0m", "b"}, {"cc", "d"}}, 80),
            (Lines{{"\033[31ma\033[0m   b"}, {"cc  d"}}));
  EXPECT_EQ(ColumnsOf("\033[31mé\033[0mb"), 2U);
}

}  // namespace
}  // namespace gavel::cli
