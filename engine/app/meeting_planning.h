// The week of a meeting, driven by its timers: put on the calendar, previewed, planned, frozen.
// The planner itself is pure (engine/domain/planning); this file feeds it and carries out its plan.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "engine/app/workflow.h"
#include "engine/domain/planning/planner.h"
#include "gavel/v1/meeting.pb.h"
#include "gavel/v1/spec.pb.h"

namespace gavel::app {

// Puts every occurrence of the area's series that can still be planned on the calendar, and sets the
// timer that does so again in a week.
absl::Status PlanHorizon(Workflow& workflow, const std::string& area);

// For series on demand: plans a meeting where something is queued and none is ahead.
absl::Status PlanOnDemand(Workflow& workflow, const std::string& area);

// M-5: asks the presenters of likely items.
absl::Status RunPreview(Workflow& workflow, const std::string& meeting);
// M-3: picks the agenda.
absl::Status RunCutOff(Workflow& workflow, const std::string& meeting);
// M-2: checks again, sends the packet, or cancels.
absl::Status RunFreeze(Workflow& workflow, const std::string& meeting);

// What the planner makes of the queue for a meeting at this moment; nothing is written.
absl::StatusOr<AgendaPlan> PreviewPlan(const Workflow& workflow, const v1::Meeting& meeting);

// Whether the meeting has room for the spec, and it is eligible. The slot it would get.
//
// Errors: FAILED_PRECONDITION `NO_CAPACITY` or `NOT_ELIGIBLE`, with the reason in words.
absl::StatusOr<v1::Slot> SlotFor(const Workflow& workflow, const v1::Meeting& meeting,
                                 const v1::Spec& spec);

// An ad-hoc session of the area.
absl::StatusOr<v1::Meeting> MakeSession(const Workflow& workflow, const std::string& area,
                                        absl::Time start, int length_min);

// Minutes that the spec costs a meeting.
int TimeboxOf(const v1::Spec& spec);

inline constexpr std::string_view kHorizonTimer = "series.horizon";

}  // namespace gavel::app
