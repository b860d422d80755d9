#include "engine/domain/similarity.h"

#include <gtest/gtest.h>

#include "engine/domain/revision_kind.h"

namespace gavel {
namespace {

int Similar(std::string_view a, std::string_view b) {
  return WordBag(a).SimilarPercent(WordBag(b));
}

TEST(SimilarityTest, EqualTextsAreWhollyAlikeAndEmptyOnesNotAtAll) {
  EXPECT_EQ(Similar("one two three", "one two three"), 100);
  EXPECT_EQ(Similar("", ""), 0);
  EXPECT_EQ(Similar("", "one"), 0);
  EXPECT_EQ(Similar("one", "two"), 0);
}

TEST(SimilarityTest, OrderCaseAndPunctuationHideNothing) {
  EXPECT_EQ(Similar("One, two; THREE.", "three two one"), 100);
}

TEST(SimilarityTest, RepeatsCountAsOftenAsTheyStandInBoth) {
  EXPECT_EQ(Similar("a a a b", "a b b b"), 50);
}

TEST(SimilarityTest, IsAShareOfTheLongerTextWhicheverComesFirst) {
  EXPECT_EQ(Similar("a b c d", "a b"), 50);
  EXPECT_EQ(Similar("a b", "a b c d"), 50);
  EXPECT_EQ(Similar("a b c", "a b"), 66);
}

TEST(SimilarityTest, OtherScriptsHaveWordsToo) {
  EXPECT_EQ(Similar("größe zählt", "größe zählt nicht"), 66);
}

TEST(SimilarityTest, FindsAtLeastWhatADiffByWordsKeeps) {
  const std::string_view before = "the store keeps every event once and in order";
  const std::string_view after = "in order the store keeps each event once";
  EXPECT_GE(Similar(before, after), 100 - ChangedWordsPercent(before, after));
}

}  // namespace
}  // namespace gavel
