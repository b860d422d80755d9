// Extra sessions that the system proposes to sponsor and facilitators.
#pragma once

#include "absl/status/status.h"
#include "engine/app/command/workflow.h"
#include "engine/domain/planning/planner.h"
#include "gavel/v1/meeting.pb.h"

namespace gavel::app {

// At the cut-off: proposes a session for what this plan passes over for the third time and for what
// no regular agenda can hold. A spec is proposed once until it has been on an agenda, and not at
// all where a session is planned for it.
absl::Status ProposeSession(Workflow& workflow, const v1::Meeting& meeting, const AgendaPlan& plan);

}  // namespace gavel::app
