// Golden files: what people read, kept in tests/golden/ and reviewed as a diff.
//
// GAVEL_UPDATE_GOLDEN=1 ctest … rewrites them instead of comparing.
#pragma once

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

#include <gtest/gtest.h>

namespace gavel {

// Expects `text` to equal tests/golden/`name`, byte for byte.
inline void ExpectGolden(const std::string& name, const std::string& text) {
  const std::string path = std::string(GAVEL_SOURCE_DIR) + "/tests/golden/" + name;
  if (std::getenv("GAVEL_UPDATE_GOLDEN") != nullptr) {
    std::ofstream out(path, std::ios::binary);
    out << text;
    ASSERT_TRUE(out.flush()) << "cannot write " << path;
    return;
  }
  std::ifstream in(path, std::ios::binary);
  ASSERT_TRUE(in) << "cannot read " << path << "; write it with GAVEL_UPDATE_GOLDEN=1";
  const std::string golden((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  EXPECT_EQ(text, golden) << "If the change is meant, rewrite it with GAVEL_UPDATE_GOLDEN=1.";
}

}  // namespace gavel
