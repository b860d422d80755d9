// Which meetings there are: the occurrences of the series, and ad-hoc sessions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/app/command/workflow.h"
#include "gavel/v1/meeting.pb.h"

namespace gavel::app {

// The area's timer that plans the next weeks.
inline constexpr std::string_view kHorizonTimer = "series.horizon";

// Puts every occurrence of the area's series that can still be planned on the calendar, and sets
// the timer that does so again in a week.
absl::Status PlanHorizon(Workflow& workflow, const std::string& area);

// For series on demand: where something is queued and no meeting is ahead that could take it, plans
// one on the first day that leaves time for the freeze and suits at least one queued spec; none
// within eight weeks: none is planned, and the horizon's timer looks again. Called whenever a spec
// enters the queue or a meeting leaves some there.
absl::Status PlanOnDemand(Workflow& workflow, const std::string& area);

// At least the next `count` meetings whose agenda is to be picked from the queue, by start: those
// on the calendar, then, without an id, what the series will bring. Fewer where the calendar leaves
// none.
absl::StatusOr<std::vector<v1::Meeting>> MeetingsAhead(const Workflow& workflow,
                                                       const std::string& area, int count);

}  // namespace gavel::app
