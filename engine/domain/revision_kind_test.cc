#include "engine/domain/revision_kind.h"

#include <gtest/gtest.h>

#include <string>

#include "fmt/format.h"

namespace gavel {
namespace {

std::string Numbered(int from, int to) {
  std::string text;
  for (int i = from; i < to; ++i) text += fmt::format("word{} ", i);
  return text;
}

struct Row {
  const char* name;
  std::string before;
  std::string after;
  double percent;
};

void PrintTo(const Row& row, std::ostream* os) { *os << row.name; }

class ChangedWordsTest : public ::testing::TestWithParam<Row> {};

TEST_P(ChangedWordsTest, IsTheShareOfTheLongerBody) {
  EXPECT_DOUBLE_EQ(ChangedWordsPercent(GetParam().before, GetParam().after), GetParam().percent);
}

INSTANTIATE_TEST_SUITE_P(Text, ChangedWordsTest,
                         ::testing::Values(Row{"NothingOfNothing", "", "", 0},
                                           Row{"SpacingDoesNotCount", "a b\nc", "a  b c\r\n", 0},
                                           Row{"EverythingWhereOneIsEmpty", "", "a b", 100},
                                           Row{"OneWordOfFive", "a b c d e", "a b X d e", 20},
                                           Row{"AnInsertedWord", "a b c d", "a b X c d", 20},
                                           Row{"ADeletedWord", "a b c d e", "a b d e", 20},
                                           Row{"AMovedWordCounts", "a b c d e", "b c d e a", 20},
                                           Row{"NothingInCommon", "a b", "c d", 100},
                                           Row{"LongBodiesAreComparedAsBags", Numbered(0, 5000),
                                               "x " + Numbered(2500, 5000) + Numbered(0, 2500),
                                               100.0 / 5001}),
                         [](const auto& each) { return each.param.name; });

}  // namespace
}  // namespace gavel
