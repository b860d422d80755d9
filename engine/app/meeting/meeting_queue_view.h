// The queue as people see it: in the order of the next plan, each spec with why it is or is not on
// the next agenda and when it can expect the room.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/app/command/workflow.h"
#include "gavel/v1/meeting.pb.h"
#include "gavel/v1/spec.pb.h"

namespace gavel::app {

struct QueueView {
  std::vector<v1::QueueEntry> entries;  // What the next meeting takes first, then as planned.
  std::string meeting;                  // Id of the meeting of the plan; empty where none is ahead.
  std::string stand_by;                 // Key; empty where there is none.
};

// Plays the planner over the meetings of the coming year. The area must exist and meet.
// O(meetings * queue * log queue).
absl::StatusOr<QueueView> ViewQueue(const Workflow& workflow, const std::string& area);

// Two or three sentences for the author of a queued spec: why it is or is not on the next agenda,
// when it is expected, and the range. Empty for a spec that is not queued.
absl::StatusOr<std::string> StandingText(const Workflow& workflow, const v1::Spec& spec);

}  // namespace gavel::app
