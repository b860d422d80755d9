// Ad-hoc sessions: an extra one for the whole queue, or one dedicated to single specs.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "engine/app/command/workflow.h"
#include "gavel/v1/meeting.pb.h"
#include "gavel/v1/meeting_service.pb.h"

namespace gavel::app {

// The record of the session that is asked for, without an id and not yet appended. Its start is
// given; its steps lie as far ahead as those of the area's first series. A dedicated session that
// names no length is as long as its specs need.
//
// Errors: NOT_FOUND `AREA_NOT_FOUND`, `SPEC_NOT_FOUND`; INVALID_ARGUMENT for an area without
// meetings, a length outside the series' limits, more than three specs, or a spec that is not
// queued there, has its session already, or needs none of its own.
absl::StatusOr<v1::Meeting> MakeSession(const Workflow& workflow,
                                        const v1::CreateSessionRequest& request);

}  // namespace gavel::app
