#include "engine/store/sqlite/file_guard.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <optional>

#include "tests/testing/store_testing.h"
#include "tests/testing/temporary_folder.h"

namespace gavel::store {
namespace {

using ::testing::HasSubstr;

TEST(FileGuardTest, OneHolderAtATimeAndTheOtherLearnsWho) {
  const TemporaryFolder folder;
  std::optional<FileGuard> first(Must(FileGuard::Lock(folder.File("gavel.db"))));
  const absl::Status refused = FileGuard::Lock(folder.File("gavel.db")).status();
  EXPECT_EQ(refused.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(refused.ToString(), HasSubstr("in use by process " + std::to_string(getpid())));
  EXPECT_TRUE(FileGuard::Lock(folder.File("other.db")).ok());
  first.reset();
  EXPECT_TRUE(FileGuard::Lock(folder.File("gavel.db")).ok());
}

TEST(FileGuardTest, AFolderThatDoesNotExistIsNamed) {
  const TemporaryFolder folder;
  const absl::Status missing = FileGuard::Lock(folder.File("no/gavel.db")).status();
  EXPECT_EQ(missing.code(), absl::StatusCode::kNotFound);
  EXPECT_THAT(missing.ToString(), HasSubstr(folder.File("no")));
}

TEST(FileGuardTest, NetworkAndUserSpaceFileSystemsAreUnsuitable) {
  EXPECT_EQ(UnsuitableFileSystem(0x6969), "NFS");
  EXPECT_EQ(UnsuitableFileSystem(0xFF534D42), "CIFS");
  EXPECT_EQ(UnsuitableFileSystem(0xFFFFFFFFFF534D42), "CIFS") << "a sign-extended f_type";
  EXPECT_EQ(UnsuitableFileSystem(0x65735546), "FUSE");
  EXPECT_EQ(UnsuitableFileSystem(0xEF53), "") << "ext4";
  EXPECT_EQ(UnsuitableFileSystem(0x01021994), "") << "tmpfs";
}

}  // namespace
}  // namespace gavel::store
