// What the rules say of specs that needed the room: which single condition kept most of them there.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/app/command/workflow.h"
#include "engine/domain/health/window.h"

namespace gavel::app {

// Judged by the policy in force, from the facts of each spec's first submission; specs without kept
// facts do not count. With `mine`, also how much of the queue the best rule mined from it covers:
// that takes up to seconds for thousands of specs. O(keys * tests²).
absl::StatusOr<health::QueueReading> ReadQueue(const Workflow& workflow,
                                               const std::vector<std::string>& keys, bool mine);

}  // namespace gavel::app
