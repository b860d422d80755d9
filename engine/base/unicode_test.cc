#include "engine/base/unicode.h"

#include <gtest/gtest.h>

namespace gavel {
namespace {

TEST(Unicode, WhatIsUnsafeToShow) {
  for (const uint32_t c : {0x00u, 0x0Au, 0x1Bu, 0x7Fu, 0x85u, 0x9Bu, 0xADu, 0x61Cu, 0x200Bu,
                           0x200Fu, 0x2028u, 0x202Eu, 0x2066u, 0xFEFFu, 0xE0041u}) {
    EXPECT_TRUE(IsUnsafeToShow(c)) << CodePointText(c);
  }
  for (const uint32_t c : {0x20u, 0xA0u, 0xE4u, 0x200Du, 0x2014u, 0x65E5u, 0x1F600u}) {
    EXPECT_FALSE(IsUnsafeToShow(c)) << CodePointText(c);
  }
}

TEST(Unicode, TheJoinerOfEmojiIsUnsafeInANameOnly) {
  EXPECT_FALSE(IsUnsafeToShow(0x200D));
  EXPECT_TRUE(IsUnsafeInName(0x200D));
}

TEST(Unicode, InvisibleCharactersAreNamedForPeople) {
  EXPECT_EQ(InvisibleText('\n'), "a line break");
  EXPECT_EQ(InvisibleText('\t'), "a tab");
  EXPECT_EQ(InvisibleText(0x200B), "the invisible character U+200B");
}

}  // namespace
}  // namespace gavel
