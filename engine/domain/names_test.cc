// Words for people never hold a token of the wire.
#include "engine/domain/names.h"

#include <algorithm>
#include <cctype>

#include <gtest/gtest.h>

namespace gavel {
namespace {

// Lower-case words and blanks: `needs discussion`, never `NEEDS_DISCUSSION`.
bool IsWords(const std::string& text) {
  return !text.empty() && std::none_of(text.begin(), text.end(), [](unsigned char c) {
    return std::isupper(c) != 0 || c == '_';
  });
}

TEST(NamesTest, EveryReasonToQueueIsAClause) {
  for (int value = 0; value < v1::Queue::Reason_ARRAYSIZE; ++value) {
    const std::string text = QueueReasonText(static_cast<v1::Queue::Reason>(value));
    EXPECT_TRUE(IsWords(text)) << value << ": " << text;
    EXPECT_EQ(text == "no reason is recorded", value == 0) << value << ": " << text;
  }
}

TEST(NamesTest, EveryAuthorityHasItsWords) {
  for (int value = 0; value < v1::Decision::Authority_ARRAYSIZE; ++value) {
    const std::string text = AuthorityText(static_cast<v1::Decision::Authority>(value));
    EXPECT_TRUE(IsWords(text)) << value << ": " << text;
    EXPECT_EQ(text == "nobody", value == 0) << value << ": " << text;
  }
}

TEST(NamesTest, EveryOutcomeHasItsWords) {
  for (int value = 0; value < v1::Outcome::Kind_ARRAYSIZE; ++value) {
    const std::string text = OutcomeText(static_cast<v1::Outcome::Kind>(value));
    EXPECT_TRUE(IsWords(text)) << value << ": " << text;
    EXPECT_EQ(text == "none", value == 0) << value << ": " << text;
  }
}

TEST(NamesTest, ReasonsOfTheServiceToCancelAreWordsAndThoseOfPeopleStay) {
  for (const char* reason : {"NO_ITEMS", "LATE", "QUORUM", "NOT_OPENED", "CALENDAR_CHANGED"}) {
    EXPECT_TRUE(IsWords(CancelReasonText(reason))) << reason;
  }
  EXPECT_EQ(CancelReasonText("The room is FLOODED."), "The room is FLOODED.");
}

}  // namespace
}  // namespace gavel
