// Meetings that get other times: because people ask for it, or because their series, calendar or
// area changed. A meeting that moves keeps its id, and with it its entry in everybody's calendar.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "engine/app/command/workflow.h"
#include "gavel/v1/meeting_service.pb.h"

namespace gavel::app {

// Why a planned meeting is cancelled when the organisation's series or calendars change.
inline constexpr std::string_view kCalendarChanged = "CALENDAR_CHANGED";

// Makes the planned meetings of an area agree with its series and calendar, as long as their agenda
// is not being picked: one whose series now meets at another time of the week moves there; one that
// its series no longer holds is cancelled. What people asked for, a session or a move, keeps its
// start; only its steps stay as far ahead as they should be. The area itself may be gone.
absl::Status FollowSeries(Workflow& workflow, const std::string& area);

// Moves or lengthens one planned meeting as `actor` asks.
//
// Errors: those of RescheduleMeeting.
absl::Status Reschedule(Workflow& workflow, const std::string& actor,
                        const v1::RescheduleMeetingRequest& request);

}  // namespace gavel::app
