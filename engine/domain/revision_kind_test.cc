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

v1::Revision Of(const std::string& bytes, const std::vector<std::string>& plans) {
  v1::Revision revision;
  revision.set_content_hash(bytes);
  for (const std::string& plan : plans) {
    v1::EvidenceRef& ref = *revision.add_evidence();
    ref.set_detector("terraform");
    ref.set_name(plan + ".json");
    ref.set_content_hash(plan.substr(0, 1));
  }
  return revision;
}

TEST(SaysNothingNew, WithTheSameBytesAndTheSameEvidenceOrNone) {
  EXPECT_TRUE(SaysNothingNew(Of("x", {}), Of("x", {})));
  EXPECT_TRUE(SaysNothingNew(Of("x", {}), Of("x", {"a"}))) << "what was not sent again";
  EXPECT_TRUE(SaysNothingNew(Of("x", {"b", "a"}), Of("x", {"a", "b"})));
  EXPECT_TRUE(SaysNothingNew(Of("x", {"a-renamed"}), Of("x", {"a"})));
  EXPECT_FALSE(SaysNothingNew(Of("y", {}), Of("x", {})));
  EXPECT_FALSE(SaysNothingNew(Of("x", {"a"}), Of("x", {})));
  EXPECT_FALSE(SaysNothingNew(Of("x", {"b"}), Of("x", {"a"})));
}

}  // namespace
}  // namespace gavel
