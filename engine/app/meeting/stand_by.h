// The spec that waits beside an agenda.
#pragma once

#include "absl/status/statusor.h"
#include "engine/app/command/workflow.h"
#include "gavel/v1/meeting.pb.h"

namespace gavel::app {

// Gives the stand-by of `meeting` a slot where it fits and may come. After the freeze it comes with
// the revision that went out; once a major revision replaced that one, nobody has read what would
// be discussed, and it does not move up. False where there is no stand-by that may.
absl::StatusOr<bool> MoveUpStandBy(Workflow& workflow, const v1::Meeting& meeting);

}  // namespace gavel::app
