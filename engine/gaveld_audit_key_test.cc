#include "engine/gaveld_audit_key.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "engine/base/error.h"

namespace gavel {
namespace {

class AuditKeyTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::path(::testing::TempDir()) /
              ::testing::UnitTest::GetInstance()->current_test_info()->name();
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::string Path(const char* name) const { return folder_ / name; }
  void Write(const char* name, const std::string& text, mode_t mode) const {
    std::ofstream(Path(name)) << text;
    chmod(Path(name).c_str(), mode);
  }

 private:
  std::filesystem::path folder_;
};

TEST_F(AuditKeyTest, IsMadeOnceForThisUserOnly) {
  const auto made = ReadOrMakeAuditKey(Path("audit.key"));
  ASSERT_TRUE(made.ok()) << made.status().ToString();
  EXPECT_GE(made->size(), 64u);
  struct stat status {};
  ASSERT_EQ(stat(Path("audit.key").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600u);

  EXPECT_EQ(*ReadOrMakeAuditKey(Path("audit.key")), *made);
  EXPECT_NE(*ReadOrMakeAuditKey(Path("other.key")), *made);
}

TEST_F(AuditKeyTest, AFileOfOnesOwnIsTakenAsItIs) {
  Write("own", std::string(40, 'k'), 0600);
  EXPECT_EQ(*ReadOrMakeAuditKey(Path("own")), std::string(40, 'k'));
}

TEST_F(AuditKeyTest, WhatIsNoSecretIsRefused) {
  Write("open", std::string(40, 'k'), 0644);
  Write("short", "abc", 0600);
  for (const char* name : {"open", "short", "no/such/folder"}) {
    const auto refused = ReadOrMakeAuditKey(Path(name));
    EXPECT_EQ(ErrorReasonOf(refused.status()), "FIELD_INVALID") << name;
    EXPECT_NE(refused.status().message().find(name), std::string::npos);
  }
}

}  // namespace
}  // namespace gavel
