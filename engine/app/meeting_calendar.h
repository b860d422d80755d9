// Which meetings there are: the occurrences of the series, and ad-hoc sessions.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "engine/app/workflow.h"
#include "gavel/v1/meeting.pb.h"

namespace gavel::app {

// Why a planned meeting is cancelled when the organisation's series or calendars change.
inline constexpr std::string_view kCalendarChanged = "CALENDAR_CHANGED";

// The area's timer that plans the next weeks.
inline constexpr std::string_view kHorizonTimer = "series.horizon";

// Cancels what stands on the calendar and is no occurrence of the area's series any more, as long
// as its agenda was not picked. The area itself may be gone.
absl::Status CancelUnscheduled(Workflow& workflow, const std::string& area);

// Puts every occurrence of the area's series that can still be planned on the calendar, and sets
// the timer that does so again in a week.
absl::Status PlanHorizon(Workflow& workflow, const std::string& area);

// For series on demand: plans a meeting where something is queued and none is ahead.
absl::Status PlanOnDemand(Workflow& workflow, const std::string& area);

// An ad-hoc session of the area; not yet appended. Errors: NOT_FOUND `AREA_NOT_FOUND`;
// INVALID_ARGUMENT for an area without meetings or a length outside the series' limits.
absl::StatusOr<v1::Meeting> MakeSession(const Workflow& workflow, const std::string& area,
                                        absl::Time start, int length_min);

}  // namespace gavel::app
