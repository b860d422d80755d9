#include "engine/base/sha256.h"

#include <gtest/gtest.h>

namespace gavel {
namespace {

// Examples of FIPS 180-4.
TEST(Sha256Test, MatchesThePublishedExamples) {
  EXPECT_EQ(Sha256Hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(Sha256Hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Sha256Test, TheRawFormIsTheSameBytes) {
  EXPECT_EQ(Sha256("abc").size(), 32u);
  EXPECT_EQ(ToHex(Sha256("abc")), Sha256Hex("abc"));
}

TEST(Sha256Test, NulBytesCount) {
  EXPECT_NE(Sha256Hex(std::string_view("a\0b", 3)), Sha256Hex("a"));
}

// RFC 4231, test cases 1 and 2.
TEST(Sha256Test, HmacMatchesThePublishedCases) {
  EXPECT_EQ(ToHex(HmacSha256(std::string(20, '\x0b'), "Hi There")),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
  EXPECT_EQ(ToHex(HmacSha256("Jefe", "what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

}  // namespace
}  // namespace gavel
