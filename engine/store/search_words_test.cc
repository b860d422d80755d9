#include "engine/store/search_words.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/base/error.h"

namespace gavel::store {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(SearchWordsTest, SplitsAtEverythingThatIsNoLetterOrDigit) {
  EXPECT_THAT(SearchWords("Cache-control: max_age=60 (s)"),
              ElementsAre("60", "age", "cache", "control", "max", "s"));
}

TEST(SearchWordsTest, UnicodeLettersJoinAndUnicodePunctuationSplits) {
  EXPECT_THAT(SearchWords("Größe—“straße”… 東京、大阪 ×2"),
              ElementsAre("2", "größe", "straße", "大阪", "東京"));
}

TEST(SearchWordsTest, FoldsAsciiOnly) {
  EXPECT_THAT(SearchWords("ABC Äpfel äpfel"), ElementsAre("abc", "Äpfel", "äpfel"));
}

TEST(SearchWordsTest, BytesThatAreNoUtf8Separate) {
  EXPECT_THAT(SearchWords("ab\xff"
                          "cd\xc3"),
              ElementsAre("ab", "cd"));
  EXPECT_THAT(SearchWords("a\xc0\x80"
                          "b\xed\xa0\x80"
                          "c\xf4\x90\x80\x80"
                          "d"),
              ElementsAre("a", "b", "c", "d"));
  EXPECT_THAT(SearchWords(std::string_view("a\0b", 3)), ElementsAre("a", "b"));
}

TEST(SearchWordsTest, LongWordsAreCutBetweenCodePoints) {
  std::string text = "x";
  for (int i = 0; i < 200; ++i) text += "é";
  const std::set<std::string> words = SearchWords(text);
  ASSERT_EQ(words.size(), 1u);
  EXPECT_EQ(words.begin()->size(), 255u);
  EXPECT_EQ(QueryWords({text})->count(*words.begin()), 1u);
}

TEST(SearchWordsTest, NothingHasNoWords) {
  EXPECT_THAT(SearchWords(""), IsEmpty());
  EXPECT_THAT(SearchWords(" ,.\n"), IsEmpty());
}

TEST(QueryWordsTest, RefusesWhatIsNotOneWord) {
  for (const char* word : {"", "a b", "a*", "\"a\"", "title:a", "a—b", "\xff"}) {
    EXPECT_EQ(ErrorReasonOf(QueryWords({"fine", word}).status()), "FIELD_INVALID") << word;
  }
}

}  // namespace
}  // namespace gavel::store
