#include "tests/testing/temporary_folder.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <stdexcept>

namespace gavel::store {

TemporaryFolder::TemporaryFolder() : path_(::testing::TempDir() + "gavel_store_XXXXXX") {
  if (mkdtemp(path_.data()) == nullptr) throw std::runtime_error("cannot create " + path_);
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;  // A left-over folder is no reason to fail a test.
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace gavel::store
