// The shipped policy with some words changed, in a folder of its own.
#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "engine/app/testing/service.h"

namespace gavel::app::testing {

// In one file of the policy: `from`, which must stand there, becomes `to`.
struct PolicyEdit {
  std::string file;
  std::string from;
  std::string to;
};

// Lives as long as its folder.
class PolicyFolder {
 public:
  explicit PolicyFolder(const std::vector<PolicyEdit>& edits)
      : path_(std::filesystem::path(::testing::TempDir()) / Name()) {
    std::filesystem::remove_all(path_);
    std::filesystem::copy(ShippedPolicy(), path_, std::filesystem::copy_options::recursive);
    for (const PolicyEdit& edit : edits) Apply(edit);
  }
  PolicyFolder(const PolicyFolder&) = delete;
  PolicyFolder& operator=(const PolicyFolder&) = delete;
  ~PolicyFolder() { std::filesystem::remove_all(path_); }

  std::string path() const { return path_; }

  void Apply(const PolicyEdit& edit) const {
    std::ifstream in(path_ / edit.file);
    std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    const size_t at = text.find(edit.from);
    ASSERT_NE(at, std::string::npos) << edit.file << ": " << edit.from;
    text.replace(at, edit.from.size(), edit.to);
    std::ofstream(path_ / edit.file) << text;
  }

 private:
  static std::string Name() {
    static int number = 0;
    const auto* test = ::testing::UnitTest::GetInstance()->current_test_info();
    return fmt::format("policy-{}-{}-{}", test->test_suite_name(), test->name(), ++number);
  }

  const std::filesystem::path path_;
};

}  // namespace gavel::app::testing
