// A transaction that ends with its scope: rolled back unless committed.
#pragma once

#include "absl/status/statusor.h"
#include "engine/store/sqlite/connection.h"

namespace gavel::store {

class Transaction {
 public:
  enum class Kind {
    kRead,   // The snapshot is taken by the first query.
    kWrite,  // Takes the write lock at once, so that what is read stays true until the commit.
  };

  // `connection` must outlive the transaction.
  static absl::StatusOr<Transaction> Begin(Connection& connection, Kind kind);
  ~Transaction();
  Transaction(Transaction&& other) noexcept;
  Transaction& operator=(Transaction&&) = delete;

  // Ends the transaction durably. After an error of a kWrite transaction its outcome is unknown.
  absl::Status Commit();

 private:
  explicit Transaction(Connection& connection) : connection_(&connection) {}

  Connection* connection_;  // Null once ended.
};

}  // namespace gavel::store
