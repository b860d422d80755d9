#include "engine/store/sqlite/reader_pool.h"

#include "engine/store/store_error.h"

namespace gavel::store {

absl::StatusOr<ReaderPool::Lease> ReaderPool::Borrow(absl::Duration timeout) {
  std::unique_lock lock(mutex_);
  if (!returned_.wait_for(lock, absl::ToChronoMilliseconds(timeout),
                          [this] { return !idle_.empty(); })) {
    return StoreUnavailable("every reader is in use");
  }
  Lease lease(idle_.back().release(), GiveBack{this});
  idle_.pop_back();
  return lease;
}

void ReaderPool::Return(Connection* connection) {
  {
    const std::lock_guard lock(mutex_);
    idle_.emplace_back(connection);
  }
  returned_.notify_one();
}

}  // namespace gavel::store
