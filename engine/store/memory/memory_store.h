// The store in memory: the executable definition of store.h, and what fast tests run on. Nothing
// survives the object. Each commit copies the state, so it costs O(everything stored).
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
  std::shared_ptr<const MemoryState> Current() const;

  mutable std::mutex mutex_;
  std::shared_ptr<const MemoryState> state_;  // Guarded by mutex_; what it points to never changes.
};

}  // namespace gavel::store
