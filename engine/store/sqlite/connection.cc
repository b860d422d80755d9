#include "engine/store/sqlite/connection.h"

#include <sqlite3.h>
#include <time.h>

#include "engine/base/status_macros.h"
#include "engine/store/sqlite/sqlite_error.h"
#include "engine/store/sqlite/statement_rows.h"
#include "engine/store/store_error.h"

namespace gavel::store {
namespace {

//   mmap_size 0          an I/O error under mmap is SIGBUS, not an error code
//   secure_delete off    Debian turns it on; it rewrites freed pages with zeros
//   temp_store memory    sorting needs no writable temporary directory
constexpr char kCommonSettings[] = R"sql(
  PRAGMA mmap_size = 0;
  PRAGMA trusted_schema = OFF;
  PRAGMA cell_size_check = ON;
  PRAGMA foreign_keys = ON;
  PRAGMA secure_delete = OFF;
  PRAGMA temp_store = MEMORY;
)sql";

// page_size counts only while the file is empty, and before the journal mode is set.
constexpr char kPageSizeSql[] = "PRAGMA page_size = 4096";
constexpr char kUseWalSql[] = "PRAGMA journal_mode = WAL";

// Checkpoints are run by SqliteStore.
constexpr char kWriterSettings[] = R"sql(
  PRAGMA synchronous = FULL;
  PRAGMA wal_autocheckpoint = 0;
  PRAGMA cache_size = -65536;
)sql";

constexpr char kReaderSettings[] = R"sql(
  PRAGMA query_only = ON;
  PRAGMA cache_size = -16384;
)sql";

// How long the writer waits for readers to leave the log when it restarts it (RESTART checkpoint).
// Longer than any reader's budget; nothing else ever makes it wait.
constexpr int kBusyTimeoutMs = 250;

// Virtual machine steps between two looks at the clock: some tenths of a millisecond.
constexpr int kStepsPerLook = 10'000;

int64_t ThreadCpuNs() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
}

}  // namespace

absl::StatusOr<std::unique_ptr<Connection>> Connection::Open(const std::string& path, int flags,
                                                             const std::string& vfs) {
  sqlite3* db = nullptr;
  const int code = sqlite3_open_v2(path.c_str(), &db, flags | SQLITE_OPEN_NOMUTEX,
                                   vfs.empty() ? nullptr : vfs.c_str());
  // SQLite makes a handle even when it fails, unless memory ran out.
  std::unique_ptr<Connection> connection(new Connection(db));
  if (code != SQLITE_OK) return SqliteError(db, code, "opening " + path);
  sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  GAVEL_RETURN_IF_ERROR(connection->Execute(kCommonSettings));
  return connection;
}

absl::StatusOr<std::unique_ptr<Connection>> Connection::OpenWriter(const std::string& path,
                                                                   const std::string& vfs) {
  GAVEL_ASSIGN_OR_RETURN(auto connection,
                         Open(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, vfs));
  sqlite3_busy_timeout(connection->db_, kBusyTimeoutMs);
  GAVEL_RETURN_IF_ERROR(connection->Execute(kPageSizeSql));
  GAVEL_ASSIGN_OR_RETURN(const auto mode, ReadOne(connection->Query(kUseWalSql), ReadBytes));
  if (mode != "wal") return StoreUnavailable("this file system allows no write-ahead log");
  GAVEL_RETURN_IF_ERROR(connection->Execute(kWriterSettings));
  return connection;
}

absl::StatusOr<std::unique_ptr<Connection>> Connection::OpenReader(const std::string& path,
                                                                   const std::string& vfs,
                                                                   absl::Duration budget) {
  GAVEL_ASSIGN_OR_RETURN(auto connection, Open(path, SQLITE_OPEN_READONLY, vfs));
  sqlite3_db_config(connection->db_, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  GAVEL_RETURN_IF_ERROR(connection->Execute(kReaderSettings));
  connection->budget_ns_ = absl::ToInt64Nanoseconds(budget);
  sqlite3_progress_handler(connection->db_, kStepsPerLook, &Connection::ExceedsBudget,
                           connection.get());
  return connection;
}

Connection::~Connection() {
  for (const auto& [sql, statement] : statements_) sqlite3_finalize(statement);
  sqlite3_close(db_);
}

Statement Connection::Prepare(const char* sql) {
  auto [entry, inserted] = statements_.try_emplace(sql, nullptr);
  if (inserted) {
    const int code =
        sqlite3_prepare_v3(db_, sql, -1, SQLITE_PREPARE_PERSISTENT, &entry->second, nullptr);
    if (code != SQLITE_OK) {
      statements_.erase(entry);
      return Statement(nullptr, SqliteError(db_, code, sql));
    }
  }
  return Statement(entry->second, absl::OkStatus());
}

absl::Status Connection::Execute(const std::string& sql) {
  const int code = sqlite3_exec(db_, sql.c_str(), nullptr, nullptr, nullptr);
  return code == SQLITE_OK ? absl::OkStatus() : SqliteError(db_, code, sql);
}

int64_t Connection::changes() const { return sqlite3_changes64(db_); }

void Connection::StartBudget() {
  if (budget_ns_ > 0) budget_end_ns_ = ThreadCpuNs() + budget_ns_;
}

int Connection::ExceedsBudget(void* connection) {
  return ThreadCpuNs() > static_cast<Connection*>(connection)->budget_end_ns_ ? 1 : 0;
}

}  // namespace gavel::store
