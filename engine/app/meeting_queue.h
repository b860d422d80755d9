// The queue of an area as the planner sees it for one meeting. The planner itself is pure
// (engine/domain/planning); this file feeds it from specs, absences and the area's memory.
#pragma once

#include "absl/status/statusor.h"
#include "engine/app/workflow.h"
#include "engine/domain/planning/capacity.h"
#include "engine/domain/planning/planner.h"
#include "engine/domain/planning/queue_item.h"
#include "gavel/v1/meeting.pb.h"
#include "gavel/v1/spec.pb.h"

namespace gavel::app {

// One queued or scheduled spec. Availability is that of the meeting's day, delegates included.
absl::StatusOr<QueueItem> QueueItemOf(const Workflow& workflow, const v1::Spec& spec,
                                      const v1::Meeting& meeting, const v1::Planning& planning);

// What the meeting offers.
MeetingTerms TermsOfMeeting(const Workflow& workflow, const v1::Meeting& meeting);

// What the planner makes of the queue for a meeting at this moment; nothing is written.
absl::StatusOr<AgendaPlan> PreviewPlan(const Workflow& workflow, const v1::Meeting& meeting);

// The slot that a queued spec would get in the meeting.
//
// Errors: FAILED_PRECONDITION `NO_CAPACITY` or `NOT_ELIGIBLE`, with the reason in words.
absl::StatusOr<v1::Slot> SlotFor(const Workflow& workflow, const v1::Meeting& meeting,
                                 const v1::Spec& spec);

// Minutes that the spec costs a meeting.
int TimeboxOf(const v1::Spec& spec);

}  // namespace gavel::app
