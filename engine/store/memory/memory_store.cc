#include "engine/store/memory/memory_store.h"

#include <utility>

#include "engine/base/status_macros.h"
#include "engine/store/memory/check_group.h"
#include "engine/store/memory/memory_view.h"
#include "engine/store/number_group.h"

namespace gavel::store {

MemoryStore::MemoryStore(std::string log_id) : state_(std::make_shared<MemoryState>()) {
  state_->head.log_id = std::move(log_id);
}

absl::StatusOr<std::unique_ptr<View>> MemoryStore::Read() const {
  return std::make_unique<MemoryView>(Lease());
}

absl::StatusOr<Head> MemoryStore::Commit(Build build) {
  Group group;
  Head head;
  {
    const std::shared_ptr<const MemoryState> before = Lease();
    GAVEL_ASSIGN_OR_RETURN(group, build(MemoryView(before)));
    const auto last_version = [&](std::string_view subject) -> absl::StatusOr<int64_t> {
      return before->LastVersionOf(subject);
    };
    GAVEL_ASSIGN_OR_RETURN(head, NumberGroup(before->head, last_version, group));
    GAVEL_RETURN_IF_ERROR(CheckGroup(*before, head, group));
  }
  const std::lock_guard lock(mutex_);
  if (state_.use_count() > 1) state_ = std::make_shared<MemoryState>(*state_);
  for (const CommandRows& command : group.commands) state_->Apply(command);
  state_->head = head;
  return head;
}

std::shared_ptr<const MemoryState> MemoryStore::Lease() const {
  const std::lock_guard lock(mutex_);
  auto* held = new std::shared_ptr<MemoryState>(state_);
  return {held->get(), [this, held](const MemoryState*) {
            const std::lock_guard returning(mutex_);
            delete held;
          }};
}

}  // namespace gavel::store
