// The store in one SQLite file: the default of a single server. Settings and their reasons:
// README.md of the store's folder.
//
// Exactly one connection writes and checkpoints, all others can only read: SQLite 3.7.0 to 3.51.2
// can lose data when two connections write or checkpoint at once, and "database is locked" cannot
// happen.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "engine/store/store.h"

namespace gavel::store {

class Connection;
class FileGuard;
class ReaderPool;

// How a SqliteStore is opened.
struct SqliteOptions {
  std::string path;              // The database file; created when absent. Its folder must exist.
  std::string log_id;            // Names a log that is created now. Empty: a random UUID.
  absl::Time now = absl::Now();  // What migrations are stamped with.
  int readers = 0;               // Views that can be open at once; 0: processor cores + 2.
  // Processor time that one query of a view may take. A runaway query is ended, not waited for.
  absl::Duration read_budget = absl::Milliseconds(100);
  std::string vfs;  // A registered SQLite VFS to go through; empty: the default one.
};

class SqliteStore final : public Store {
 public:
  // Opens or creates the database, brings it to this release's schema, and moves whatever a crash
  // left in the write-ahead log into the database, durably, before anything is read. Takes about 6
  // ms per MiB of that log.
  //
  // Errors: FAILED_PRECONDITION when another process has it open, when it is on a network file
  // system, is not Gavel's, or was made by a newer release; NOT_FOUND without its folder; DATA_LOSS
  // (`STORE_CORRUPT`) when it is damaged or no database; UNAVAILABLE when it cannot be opened.
  static absl::StatusOr<std::unique_ptr<SqliteStore>> Open(const SqliteOptions& options);

  // No view may be left. Checkpoints and removes the write-ahead log.
  ~SqliteStore() override;

  absl::StatusOr<std::unique_ptr<View>> Read() const override;
  absl::StatusOr<Head> Commit(Build build) override;

  // Moves what readers no longer need from the write-ahead log into the database, without waiting
  // for anybody. Commit does so by itself every 16 MiB; the committer may call it when it is idle.
  // Call it from the thread that commits.
  //
  // Errors: UNAVAILABLE (`OUTCOME_UNKNOWN`) when a disk failed, as from Commit.
  absl::Status Checkpoint();

 private:
  SqliteStore(std::unique_ptr<FileGuard> guard, std::unique_ptr<Connection> writer,
              std::unique_ptr<ReaderPool> readers);

  absl::StatusOr<Head> WriteGroup(Build build);
  absl::Status CheckpointWhenLong();
  absl::Status RunCheckpoint(int mode);
  // Ends all writing: from now on the outcome of every command is unknown.
  absl::Status Fail(const absl::Status& cause);

  // Destroyed in reverse: readers first, so that the writer is the last connection to close.
  const std::unique_ptr<FileGuard> guard_;
  const std::unique_ptr<Connection> writer_;
  const std::unique_ptr<ReaderPool> readers_;
  absl::Status failed_;                // Not OK once an outcome was unknown; ends all writing.
  int64_t wal_bytes_ = 0;              // Length of the write-ahead log after the newest commit.
  int64_t checkpointed_at_bytes_ = 0;  // What wal_bytes_ was at the newest checkpoint.
};

}  // namespace gavel::store
