#include "engine/store/memory/memory_store.h"

#include <utility>

#include "engine/base/status_macros.h"
#include "engine/store/memory/memory_view.h"
#include "engine/store/number_group.h"

namespace gavel::store {
namespace {

int64_t LastVersionOf(const MemoryState& state, std::string_view subject) {
  for (auto it = state.events.rbegin(); it != state.events.rend(); ++it) {
    if ((*it)->subject == subject) return (*it)->subject_version;
  }
  return 0;
}

}  // namespace

MemoryStore::MemoryStore(std::string log_id) {
  auto state = std::make_shared<MemoryState>();
  state->head.log_id = std::move(log_id);
  state_ = std::move(state);
}

absl::StatusOr<std::unique_ptr<View>> MemoryStore::Read() const {
  return std::make_unique<MemoryView>(Current());
}

absl::StatusOr<Head> MemoryStore::Commit(Build build) {
  const std::shared_ptr<const MemoryState> before = Current();
  GAVEL_ASSIGN_OR_RETURN(Group group, build(MemoryView(before)));
  const auto last_version = [&](std::string_view subject) -> absl::StatusOr<int64_t> {
    return LastVersionOf(*before, subject);
  };
  GAVEL_ASSIGN_OR_RETURN(const Head head, NumberGroup(before->head, last_version, group));

  auto after = std::make_shared<MemoryState>(*before);
  for (const CommandRows& command : group.commands) GAVEL_RETURN_IF_ERROR(after->Apply(command));
  after->head = head;
  const std::lock_guard lock(mutex_);
  state_ = std::move(after);
  return head;
}

std::shared_ptr<const MemoryState> MemoryStore::Current() const {
  const std::lock_guard lock(mutex_);
  return state_;
}

}  // namespace gavel::store
