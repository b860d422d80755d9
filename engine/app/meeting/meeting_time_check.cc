#include "engine/app/meeting/meeting_time_check.h"

#include <vector>

#include "engine/app/meeting/meeting_record.h"
#include "engine/base/error.h"
#include "engine/base/status_macros.h"
#include "engine/domain/names.h"
#include "engine/domain/planning/time_text.h"
#include "fmt/format.h"

namespace gavel::app {
namespace {

// Nobody knows a calendar further ahead.
constexpr absl::Duration kFurthest = absl::Hours(24 * 366);
// No meeting is longer, so none that starts earlier can reach into this one.
constexpr absl::Duration kLongest = absl::Hours(8);

absl::Status CheckDay(const Workflow& workflow, const v1::Meeting& meeting) {
  const absl::CivilDay day = DayOf(workflow, meeting);
  if (!workflow.organisation().CalendarOf(meeting.area()).IsBusinessDay(day)) {
    return FieldError("start_time", fmt::format("lies on {}, which is no business day of {}",
                                                DayYearText(day), meeting.area()));
  }
  if (FromProto(meeting.start_time()) > workflow.now() + kFurthest) {
    return FieldError("start_time",
                      fmt::format("lies on {}, more than a year ahead", DayYearText(day)));
  }
  return absl::OkStatus();
}

absl::Status CheckAlone(const Workflow& workflow, const v1::Meeting& meeting) {
  const absl::Time start = FromProto(meeting.start_time());
  const absl::Time end = FromProto(meeting.end_time());
  GAVEL_ASSIGN_OR_RETURN(const std::vector<v1::Meeting> near,
                         workflow.transaction().Meetings(meeting.area(), start - kLongest, end));
  for (const v1::Meeting& other : near) {
    const bool held = other.id() != meeting.id() && other.state() != v1::Meeting::STATE_CANCELLED;
    if (held && FromProto(other.end_time()) > start) {
      return FieldError("start_time",
                        fmt::format("overlaps {}: the same people cannot be in both", other.id()));
    }
  }
  return absl::OkStatus();
}

absl::Status CheckRoom(const v1::Meeting& meeting) {
  int promised = 0;
  for (const v1::Slot& slot : meeting.slots()) {
    if (slot.state() == v1::Slot::STATE_PLANNED) promised += slot.timebox_minutes();
  }
  if (promised <= meeting.usable_minutes()) return absl::OkStatus();
  return FieldError("length_min",
                    fmt::format("leaves {} minutes for specs, and {} are promised to those pinned",
                                meeting.usable_minutes(), promised));
}

}  // namespace

absl::Status CheckMeetingTime(const Workflow& workflow, const v1::Meeting& meeting) {
  GAVEL_RETURN_IF_ERROR(CheckDay(workflow, meeting));
  GAVEL_RETURN_IF_ERROR(CheckAlone(workflow, meeting));
  return CheckRoom(meeting);
}

}  // namespace gavel::app
