// Whether people may hold a meeting at the time they ask for.
#pragma once

#include "absl/status/status.h"
#include "engine/app/command/workflow.h"
#include "gavel/v1/meeting.pb.h"

namespace gavel::app {

// `meeting` as it is to be; another record with its id is itself. Its slots that are planned have
// their places already.
//
// Errors: INVALID_ARGUMENT `FIELD_INVALID`: no business day of the area; more than a year ahead;
// at the time of another meeting of the area; too short for what is pinned to it.
absl::Status CheckMeetingTime(const Workflow& workflow, const v1::Meeting& meeting);

}  // namespace gavel::app
