// The week of a meeting, driven by its timers: previewed, planned, frozen.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "engine/app/command/workflow.h"

namespace gavel::app {

// M-5: asks the presenters of likely items.
absl::Status RunPreview(Workflow& workflow, const std::string& meeting);

// M-3: picks the agenda.
absl::Status RunCutOff(Workflow& workflow, const std::string& meeting);

// M-2: checks again, sends the packet, or cancels.
absl::Status RunFreeze(Workflow& workflow, const std::string& meeting);

}  // namespace gavel::app
