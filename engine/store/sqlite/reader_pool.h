// The read-only connections, each inside a snapshot while it is lent.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "engine/store/sqlite/connection.h"

namespace gavel::store {

// Thread-safe.
class ReaderPool {
 public:
  explicit ReaderPool(std::vector<std::unique_ptr<Connection>> connections)
      : idle_(std::move(connections)) {}

  // Gives a connection back to its pool.
  struct GiveBack {
    ReaderPool* pool;
    void operator()(Connection* connection) const { pool->Return(connection); }
  };
  using Lease = std::unique_ptr<Connection, GiveBack>;

  // An idle connection. Blocks up to `timeout` while all are lent, then UNAVAILABLE
  // (`STORE_UNAVAILABLE`). The lease must not outlive the pool.
  absl::StatusOr<Lease> Borrow(absl::Duration timeout);

 private:
  void Return(Connection* connection);

  std::mutex mutex_;
  std::condition_variable returned_;
  std::vector<std::unique_ptr<Connection>> idle_;  // Guarded by mutex_. The warmest cache is last.
};

}  // namespace gavel::store
