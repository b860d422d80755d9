// Alerts about the review itself: raised once, cleared when what raised them is over.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "engine/app/command/workflow.h"

namespace gavel::app {

// Four cancellations in a row, and a backlog: the queue's median wait above two meetings at four
// cut-offs running. Called by the area's weekly timer, and when a meeting was held or cancelled.
// Nothing for an area that is gone. O(specs of the last four queues).
absl::Status CheckHealth(Workflow& workflow, const std::string& area);

}  // namespace gavel::app
