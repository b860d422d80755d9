#include "engine/store/sqlite/sqlite_store.h"

#include <sqlite3.h>

#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "engine/base/error.h"
#include "engine/base/status_macros.h"
#include "engine/store/number_group.h"
#include "engine/store/sqlite/connection.h"
#include "engine/store/sqlite/database_file.h"
#include "engine/store/sqlite/file_guard.h"
#include "engine/store/sqlite/group_writer.h"
#include "engine/store/sqlite/reader_pool.h"
#include "engine/store/sqlite/sqlite_error.h"
#include "engine/store/sqlite/sqlite_view.h"
#include "engine/store/sqlite/transaction.h"
#include "engine/store/store_error.h"
#include "spdlog/spdlog.h"

namespace gavel::store {
namespace {

constexpr int64_t kPageBytes = 4096;
constexpr int64_t kCheckpointBytes = int64_t{16} << 20;  // Write-ahead log between two checkpoints.
constexpr int64_t kRestartBytes = int64_t{64} << 20;     // From here on, also wait for readers.
constexpr absl::Duration kReaderWait = absl::Seconds(5);

// https://sqlite.org/wal.html#walresetbug
constexpr int kFirstVersionWithoutWalResetBug = 3'051'003;

void LogVersionOnce() {
  if (sqlite3_libversion_number() >= kFirstVersionWithoutWalResetBug) return;
  static std::once_flag once;
  std::call_once(once, [] {
    spdlog::info("SQLite {} has the WAL-reset bug; one connection writes, so it cannot occur",
                 sqlite3_libversion());
  });
}

absl::StatusOr<std::unique_ptr<ReaderPool>> OpenReaders(const SqliteOptions& options) {
  const int cores = static_cast<int>(std::thread::hardware_concurrency());
  const int count = options.readers > 0 ? options.readers : cores + 2;
  std::vector<std::unique_ptr<Connection>> readers;
  for (int i = 0; i < count; ++i) {
    GAVEL_ASSIGN_OR_RETURN(auto reader,
                           Connection::OpenReader(options.path, options.vfs, options.read_budget));
    readers.push_back(std::move(reader));
  }
  return std::make_unique<ReaderPool>(std::move(readers));
}

// Keeps the newest length of the write-ahead log, which SQLite tells after every commit.
int RememberWalBytes(void* wal_bytes, sqlite3* /*db*/, const char* /*name*/, int pages) {
  *static_cast<int64_t*>(wal_bytes) = pages * kPageBytes;
  return SQLITE_OK;
}

// Writes the transaction's pages to the write-ahead log while it can still be rolled back: a full
// disk then fails before COMMIT, where the outcome is known. COMMIT adds one page and the fsync.
absl::Status Spill(Connection& writer) {
  const int code = sqlite3_db_cacheflush(writer.handle());
  // Pages in use stay for COMMIT to write.
  if (code == SQLITE_OK || code == SQLITE_BUSY) return absl::OkStatus();
  return SqliteError(nullptr, code, "writing a group");
}

int CheckpointWal(Connection& writer, int mode) {
  return sqlite3_wal_checkpoint_v2(writer.handle(), nullptr, mode, nullptr, nullptr);
}

}  // namespace

absl::StatusOr<std::unique_ptr<SqliteStore>> SqliteStore::Open(const SqliteOptions& options) {
  LogVersionOnce();
  GAVEL_ASSIGN_OR_RETURN(FileGuard guard, FileGuard::Lock(options.path));
  GAVEL_ASSIGN_OR_RETURN(auto writer, Connection::OpenWriter(options.path, options.vfs));
  GAVEL_RETURN_IF_ERROR(PrepareDatabase(*writer, options.log_id, absl::ToUnixMicros(options.now)));
  // What a dead process left may only be in the page cache, after an fsync that failed: write and
  // sync it again before anybody reads it.
  const int code = CheckpointWal(*writer, SQLITE_CHECKPOINT_TRUNCATE);
  if (code != SQLITE_OK) return SqliteError(nullptr, code, "recovering the write-ahead log");
  GAVEL_ASSIGN_OR_RETURN(auto readers, OpenReaders(options));
  return std::unique_ptr<SqliteStore>(new SqliteStore(std::make_unique<FileGuard>(std::move(guard)),
                                                      std::move(writer), std::move(readers)));
}

SqliteStore::SqliteStore(std::unique_ptr<FileGuard> guard, std::unique_ptr<Connection> writer,
                         std::unique_ptr<ReaderPool> readers)
    : guard_(std::move(guard)), writer_(std::move(writer)), readers_(std::move(readers)) {
  sqlite3_wal_hook(writer_->handle(), RememberWalBytes, &wal_bytes_);
}

SqliteStore::~SqliteStore() = default;

absl::StatusOr<std::unique_ptr<View>> SqliteStore::Read() const {
  GAVEL_ASSIGN_OR_RETURN(ReaderPool::Lease reader, readers_->Borrow(kReaderWait));
  return SqliteView::OfSnapshot(std::move(reader));
}

absl::StatusOr<Head> SqliteStore::Commit(Build build) {
  if (!failed_.ok()) return failed_;
  GAVEL_ASSIGN_OR_RETURN(Head head, WriteGroup(build));
  GAVEL_RETURN_IF_ERROR(CheckpointWhenLong());
  return head;
}

absl::StatusOr<Head> SqliteStore::WriteGroup(Build build) {
  GAVEL_ASSIGN_OR_RETURN(Transaction transaction,
                         Transaction::Begin(*writer_, Transaction::Kind::kWrite));
  GAVEL_ASSIGN_OR_RETURN(const auto view, SqliteView::OfTransaction(*writer_));
  GAVEL_ASSIGN_OR_RETURN(Group group, build(*view));
  if (group.commands.empty()) return view->head();
  const auto last_version = [&](std::string_view subject) { return view->LastVersion(subject); };
  GAVEL_ASSIGN_OR_RETURN(Head after, NumberGroup(view->head(), last_version, group));
  GAVEL_RETURN_IF_ERROR(GroupWriter(*writer_, view->head()).Write(group, after));
  GAVEL_RETURN_IF_ERROR(Spill(*writer_));
  if (const absl::Status committed = transaction.Commit(); !committed.ok()) return Fail(committed);
  return after;
}

absl::Status SqliteStore::Checkpoint() {
  if (!failed_.ok()) return failed_;
  return RunCheckpoint(SQLITE_CHECKPOINT_PASSIVE);
}

absl::Status SqliteStore::CheckpointWhenLong() {
  if (wal_bytes_ < checkpointed_at_bytes_) checkpointed_at_bytes_ = 0;  // It was restarted.
  if (wal_bytes_ - checkpointed_at_bytes_ < kCheckpointBytes) return absl::OkStatus();
  checkpointed_at_bytes_ = wal_bytes_;
  return RunCheckpoint(wal_bytes_ < kRestartBytes ? SQLITE_CHECKPOINT_PASSIVE
                                                  : SQLITE_CHECKPOINT_RESTART);
}

absl::Status SqliteStore::RunCheckpoint(int mode) {
  const int code = CheckpointWal(*writer_, mode);
  switch (code) {
    case SQLITE_OK:
    case SQLITE_BUSY:  // Readers are in the way.
    case SQLITE_FULL:  // The database file cannot grow now. The log keeps what it holds.
      return absl::OkStatus();
    default:
      // An fsync may have failed, and a repeated one would claim success for pages the kernel has
      // dropped. Only opening again, from the log, is safe.
      return Fail(SqliteError(nullptr, code, "checkpointing"));
  }
}

absl::Status SqliteStore::Fail(const absl::Status& cause) {
  failed_ = OutcomeUnknown(ErrorMetadataOf(cause)["detail"]);
  return failed_;
}

}  // namespace gavel::store
