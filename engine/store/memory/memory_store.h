// The store in memory: the executable definition of store.h, and what simulations and fast tests
// run on. Nothing survives the object. A commit costs O(its rows); the first one after a Read whose
// view is still alive copies the state, O(everything stored).
#pragma once

#include <memory>
#include <mutex>
#include <string>

#include "engine/store/memory/memory_state.h"
#include "engine/store/store.h"

namespace gavel::store {

class MemoryStore final : public Store {
 public:
  // `log_id` names this log, as if it had just been minted.
  explicit MemoryStore(std::string log_id);

  absl::StatusOr<std::unique_ptr<View>> Read() const override;
  absl::StatusOr<Head> Commit(Build build) override;

 private:
  // A reader's hold on the newest state. It is given back under the mutex, so that Commit knows
  // for certain whether anybody still reads.
  std::shared_ptr<const MemoryState> Lease() const;

  mutable std::mutex mutex_;
  std::shared_ptr<MemoryState> state_;  // Guarded by mutex_; never changes while it is leased.
};

}  // namespace gavel::store
