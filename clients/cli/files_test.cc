#include "clients/cli/files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

namespace gavel::cli {
namespace {

using testing::HasSubstr;

TEST(FilesTest, AFileOverTheLimitIsNotRead) {
  const std::string path = testing::TempDir() + "gavel_files_limit";
  constexpr size_t kMebibyte = 1024 * 1024;
  ASSERT_TRUE(WriteFileAtomically(path, std::string(kMebibyte, 'x')).ok());
  EXPECT_EQ(ReadFile(path, kMebibyte)->size(), kMebibyte);
  ASSERT_TRUE(WriteFileAtomically(path, std::string(kMebibyte + 1, 'x')).ok());
  const absl::Status status = ReadFile(path, kMebibyte).status();
  EXPECT_TRUE(absl::IsInvalidArgument(status));
  EXPECT_THAT(std::string(status.message()), HasSubstr("is larger than 1 MiB"));
  EXPECT_EQ(ReadFileStart(path, 3).value_or(""), "xxx");
}

TEST(FilesTest, AnEndlessStreamIsReadAsFarAsAsked) {
  std::istringstream in("abcdef");
  EXPECT_EQ(ReadStart(in, 4), "abcd");
  EXPECT_EQ(ReadStart(in, 4), "ef");
  EXPECT_EQ(ReadStart(in, 4), "");
}

}  // namespace
}  // namespace gavel::cli
