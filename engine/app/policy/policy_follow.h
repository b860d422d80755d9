// What hangs on the organisation besides verdicts: timers and meetings. They follow a new policy.
#pragma once

#include "absl/status/status.h"
#include "engine/app/command/workflow.h"
#include "engine/app/environment.h"

namespace gavel::app {

// Inside the publishing transaction: takes the meetings of areas that the candidate no longer lets
// meet off the calendar, and sets the timers of open specs by the candidate's calendars. O(open
// specs).
absl::Status LeaveOldOrganisation(Workflow& workflow, const LivePolicy& candidate);

// After it, and at the start of the server: area by area, since one command may cause only so many
// events, takes off the calendar what is no occurrence any more and plans eight weeks ahead.
// Idempotent; what a crash leaves undone the next start does.
absl::Status FollowOrganisation(Environment& environment);

}  // namespace gavel::app
