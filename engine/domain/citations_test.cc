#include "engine/domain/citations.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gavel {
namespace {

struct Row {
  const char* name;
  std::string text;
  std::vector<std::string> keys;
};
void PrintTo(const Row& row, std::ostream* os) { *os << row.name; }

class CitationsTest : public ::testing::TestWithParam<Row> {};

TEST_P(CitationsTest, NamesTheKeysOfKnownAreas) {
  const std::vector<std::string> prefixes = {"MEDIA", "PLAT", "E2E"};
  EXPECT_EQ(CitedKeys(GetParam().text, prefixes), GetParam().keys);
}

INSTANTIATE_TEST_SUITE_P(
    Texts, CitationsTest,
    ::testing::Values(
        Row{"nothing", "No key here - at all.", {}},
        Row{"prose", "It builds on MEDIA-42, and on PLAT-7.", {"MEDIA-42", "PLAT-7"}},
        Row{"once", "MEDIA-42 and MEDIA-42 again", {"MEDIA-42"}},
        Row{"marked", "[`MEDIA-1`](x) **PLAT-2** (MEDIA-3)", {"MEDIA-1", "MEDIA-3", "PLAT-2"}},
        Row{"digits in the prefix", "see E2E-12", {"E2E-12"}},
        Row{"other words", "UTF-8, SHA-256 and XMEDIA-4", {}},
        Row{"within a word", "pre-MEDIA-4 MEDIA-4x MEDIA-4-b MEDIA-4_c", {}},
        Row{"end of a sentence", "as in MEDIA-4.", {"MEDIA-4"}},
        Row{"dash behind it", "MEDIA-4- and MEDIA-5 - too", {"MEDIA-4", "MEDIA-5"}},
        Row{"no number of ours", "MEDIA-0 MEDIA-04 MEDIA-1234567890 MEDIA-", {}},
        Row{"letters beyond ASCII", "\u00fcMEDIA-4 MEDIA-5\u00fc", {}}),
    [](const auto& test) {
      std::string name = test.param.name;
      for (char& c : name) c = c == ' ' ? '_' : c;
      return name;
    });

TEST(CitationsTest, AListOfEverythingIsCutOff) {
  std::string text;
  for (int i = 1; i <= 80; ++i) text += "MEDIA-" + std::to_string(i) + " ";
  EXPECT_EQ(CitedKeys(text, std::vector<std::string>{"MEDIA"}).size(), 50u);
}

}  // namespace
}  // namespace gavel
