// The record of one meeting: what an occurrence of a series looks like on the calendar.
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "engine/app/command/workflow.h"
#include "engine/domain/planning/civil_date.h"
#include "engine/domain/planning/series.h"
#include "gavel/v1/meeting.pb.h"
#include "gavel/v1/org.pb.h"

namespace gavel::app {

// The series that a meeting belongs to, or whose numbers an ad-hoc session keeps to: the area's
// first one. `area` must have one.
const v1::Series& SeriesOf(const v1::Area& area, const std::string& id);

// Start, end, steps, zone and minutes of `occurrence`; the rest of `meeting` stays.
void SetTimes(const v1::Series& series, const Occurrence& occurrence, const absl::TimeZone& zone,
              v1::Meeting& meeting);

// The record of an occurrence, without an id.
v1::Meeting MakeMeeting(const v1::Area& area, const v1::Series& series,
                        const Occurrence& occurrence, const absl::TimeZone& zone);

// The occurrence of the same series at another start, `length_min` minutes long: its steps are as
// far ahead as ever. Errors: INVALID_ARGUMENT for a length outside 25 to 480 minutes.
absl::StatusOr<Occurrence> OccurrenceAt(const Workflow& workflow, v1::Series series,
                                        const std::string& area, absl::Time start, int length_min);

// Gives `meeting` a free id and puts it on the calendar. The id names the day that the meeting was
// first planned for and stays when it moves; a second meeting on a day gets `-2` and so on.
absl::Status AppendPlanned(Workflow& workflow, std::string_view actor, v1::Meeting& meeting);

// The weeks whose meeting of the series this one is: where it stands, and where it was first
// planned for. Its series plans no other one there.
std::set<IsoWeek> WeeksOf(const SeriesSchedule& schedule, const v1::Meeting& meeting);

// The local day of its start, in the calendar of its area.
absl::CivilDay DayOf(const Workflow& workflow, const v1::Meeting& meeting);

// Minutes from start to end.
int LengthMin(const v1::Meeting& meeting);

// True where its agenda is still to be picked, from the whole queue of the area.
bool TakesFromQueue(const v1::Meeting& meeting);

}  // namespace gavel::app
