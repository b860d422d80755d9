// What a group may not change, looked at before any of it is applied.
#pragma once

#include "absl/status/status.h"
#include "engine/store/memory/memory_state.h"
#include "engine/store/rows.h"

namespace gavel::store {

// INTERNAL where the numbered `group`, applied in order to `state`, breaks the contract of rows.h:
// an entity's kind or `create_seq` changes or is another's, a request that is answered is answered
// again, the day of a review case changes. `head` is the log's after the group.
absl::Status CheckGroup(const MemoryState& state, const Head& head, const Group& group);

}  // namespace gavel::store
