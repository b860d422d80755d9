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

}  // namespace
}  // namespace gavel
