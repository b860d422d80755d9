// Who runs a meeting: whether somebody can, and who does.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/app/command/workflow.h"
#include "gavel/v1/meeting.pb.h"

namespace gavel::app {

// Whether on the meeting's day a facilitator, the sponsor or the deputy is there.
absl::StatusOr<bool> HasQuorum(const Workflow& workflow, const v1::Meeting& meeting);

// Names a facilitator, and a notetaker who neither runs the meeting nor presents in it, where
// nobody was named yet.
absl::Status GiveRoles(Workflow& workflow, const std::string& meeting);

}  // namespace gavel::app
