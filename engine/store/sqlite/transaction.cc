#include "engine/store/sqlite/transaction.h"

#include <sqlite3.h>

#include <utility>

#include "engine/base/status_macros.h"

namespace gavel::store {

constexpr char kBeginReadSql[] = "BEGIN DEFERRED";
constexpr char kBeginWriteSql[] = "BEGIN IMMEDIATE";
constexpr char kCommitSql[] = "COMMIT";
constexpr char kRollbackSql[] = "ROLLBACK";

absl::StatusOr<Transaction> Transaction::Begin(Connection& connection, Kind kind) {
  GAVEL_RETURN_IF_ERROR(connection.Run(kind == Kind::kWrite ? kBeginWriteSql : kBeginReadSql));
  return Transaction(connection);
}

Transaction::Transaction(Transaction&& other) noexcept
    : connection_(std::exchange(other.connection_, nullptr)) {}

Transaction::~Transaction() {
  if (connection_ == nullptr) return;
  // SQLite may have rolled back already, after a full disk for example. An error of ROLLBACK itself
  // changes nothing: what was not committed is never read.
  if (sqlite3_get_autocommit(connection_->handle()) == 0) {
    connection_->Run(kRollbackSql).IgnoreError();
  }
}

absl::Status Transaction::Commit() {
  GAVEL_RETURN_IF_ERROR(connection_->Run(kCommitSql));
  connection_ = nullptr;
  return absl::OkStatus();
}

}  // namespace gavel::store
