// One SQLite connection with our settings, and its cache of prepared statements. Used by one thread
// at a time (SQLITE_OPEN_NOMUTEX).
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "engine/store/sqlite/statement.h"

struct sqlite3;
struct sqlite3_stmt;

namespace gavel::store {

class Connection {
 public:
  // The one connection that writes, and the only one that ever checkpoints. Creates the file.
  // `vfs` names a registered SQLite VFS; empty: the default one.
  static absl::StatusOr<std::unique_ptr<Connection>> OpenWriter(const std::string& path,
                                                                const std::string& vfs);
  // A connection that can only read. A query that takes over `budget` of processor time (not wall
  // time: a busy machine is not a runaway query) ends with UNAVAILABLE.
  static absl::StatusOr<std::unique_ptr<Connection>> OpenReader(const std::string& path,
                                                                const std::string& vfs,
                                                                absl::Duration budget);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // A run of `sql`, a string with static storage: its address is the key of the statement cache.
  // One run of it at a time. `arguments` are bound from ?1 on and must outlive the statement.
  template <typename... Arguments>
  Statement Query(const char* sql, Arguments&&... arguments) {
    StartBudget();
    Statement statement = Prepare(sql);
    int parameter = 0;
    (statement.Bind(++parameter, std::forward<Arguments>(arguments)), ...);
    return statement;
  }

  // Runs a statement to its end; rows are ignored.
  template <typename... Arguments>
  absl::Status Run(const char* sql, const Arguments&... arguments) {
    return Query(sql, arguments...).Next().status();
  }

  // Runs several statements from text, uncached.
  absl::Status Execute(const std::string& sql);

  // Rows that the last INSERT, UPDATE or DELETE changed.
  int64_t changes() const;
  // The driver's handle, for its rarer calls.
  sqlite3* handle() const { return db_; }

 private:
  explicit Connection(sqlite3* db) : db_(db) {}

  static absl::StatusOr<std::unique_ptr<Connection>> Open(const std::string& path, int flags,
                                                          const std::string& vfs);
  Statement Prepare(const char* sql);
  void StartBudget();
  static int ExceedsBudget(void* connection);

  sqlite3* const db_;
  std::unordered_map<const char*, sqlite3_stmt*> statements_;
  int64_t budget_ns_ = 0;      // 0: none.
  int64_t budget_end_ns_ = 0;  // On the clock of the thread's processor time.
};

}  // namespace gavel::store
