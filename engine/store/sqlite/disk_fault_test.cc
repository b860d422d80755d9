// What the store answers when the disk is full or fails, and what is true afterwards.
#include <gtest/gtest.h>
#include <sqlite3.h>

#include "engine/base/error.h"
#include "engine/store/sqlite/fault_vfs.h"
#include "engine/store/sqlite/sqlite_store.h"
#include "engine/store/store_error.h"
#include "tests/testing/store_testing.h"
#include "tests/testing/temporary_folder.h"

namespace gavel::store {
namespace {

class DiskFaultTest : public ::testing::Test {
 protected:
  using Operation = FaultVfs::Operation;

  void SetUp() override {
    Open();
    ASSERT_EQ(Must(CommitOne(1)).seq, 1);
  }

  void Open() {
    store_.reset();
    store_ = Must(SqliteStore::Open({.path = folder_.File("gavel.db"), .vfs = FaultVfs::kName}));
  }

  absl::StatusOr<Head> CommitOne(int number) {
    return Commit(*store_, Create({.subject = "specs/A-" + std::to_string(number),
                                   .kind = "spec",
                                   .body = std::string(10'000, 'x')}));
  }

  int64_t DurableEvents() {
    const auto view = Must(store_->Read());
    const auto events = AllEvents(*view);
    EXPECT_EQ(static_cast<int64_t>(events.size()), view->head().seq);
    EXPECT_EQ(Must(view->CountEntities("spec", "")), view->head().seq);
    return view->head().seq;
  }

  FaultVfs disk_;
  TemporaryFolder folder_;
  std::unique_ptr<SqliteStore> store_;
};

TEST_F(DiskFaultTest, AFullDiskWritesNothingAndReadingGoesOn) {
  disk_.Fail(Operation::kWrite, "-wal", SQLITE_FULL);
  for (int again = 0; again < 3; ++again) {
    const auto result = CommitOne(2);
    EXPECT_EQ(result.status().code(), absl::StatusCode::kResourceExhausted);
    EXPECT_EQ(ErrorReasonOf(result.status()), "DISK_FULL");
    EXPECT_EQ(DurableEvents(), 1);
  }
  EXPECT_GE(disk_.failures(), 3);
}

TEST_F(DiskFaultTest, WritingComesBackBySelfOnceThereIsSpace) {
  disk_.Fail(Operation::kWrite, "-wal", SQLITE_FULL);
  EXPECT_FALSE(CommitOne(2).ok());
  disk_.Heal();
  EXPECT_EQ(Must(CommitOne(2)).seq, 2);
  Open();
  EXPECT_EQ(DurableEvents(), 2);
}

TEST_F(DiskFaultTest, AFailedFsyncLeavesTheOutcomeUnknownAndEndsWriting) {
  disk_.Fail(Operation::kSync, "-wal", SQLITE_IOERR_FSYNC);
  const auto result = CommitOne(2);
  EXPECT_EQ(result.status().code(), absl::StatusCode::kUnavailable);
  EXPECT_TRUE(IsOutcomeUnknown(result.status()));
  EXPECT_EQ(disk_.failures(), 1);

  // An fsync that works again proves nothing about pages the kernel dropped.
  disk_.Heal();
  EXPECT_TRUE(IsOutcomeUnknown(CommitOne(3).status()));
  EXPECT_TRUE(IsOutcomeUnknown(store_->Checkpoint()));

  Open();
  const int64_t events = DurableEvents();
  EXPECT_TRUE(events == 1 || events == 2) << events;
  EXPECT_EQ(Must(CommitOne(3)).seq, events + 1);
}

TEST_F(DiskFaultTest, AFailedCheckpointEndsWritingAndLosesNothing) {
  disk_.Fail(Operation::kSync, "gavel.db", SQLITE_IOERR_FSYNC);
  EXPECT_TRUE(IsOutcomeUnknown(store_->Checkpoint()));
  EXPECT_EQ(disk_.failures(), 1);
  disk_.Heal();
  EXPECT_TRUE(IsOutcomeUnknown(CommitOne(2).status()));
  Open();
  EXPECT_EQ(DurableEvents(), 1);
}

TEST_F(DiskFaultTest, AFullDiskDuringACheckpointIsHarmless) {
  disk_.Fail(Operation::kWrite, "gavel.db", SQLITE_FULL);
  EXPECT_TRUE(store_->Checkpoint().ok());
  EXPECT_GE(disk_.failures(), 1);
  EXPECT_EQ(Must(CommitOne(2)).seq, 2);
}

TEST_F(DiskFaultTest, AnUnreadableDiskIsUnavailableAndChangesNothing) {
  Open();  // Forgets the pages in memory.
  disk_.Fail(Operation::kRead, "", SQLITE_IOERR_READ);
  EXPECT_EQ(ErrorReasonOf(store_->Read().status()), "STORE_UNAVAILABLE");
  EXPECT_EQ(ErrorReasonOf(CommitOne(2).status()), "STORE_UNAVAILABLE");
  EXPECT_GE(disk_.failures(), 2);
  disk_.Heal();
  EXPECT_EQ(DurableEvents(), 1);
  EXPECT_EQ(Must(CommitOne(2)).seq, 2);
}

}  // namespace
}  // namespace gavel::store
