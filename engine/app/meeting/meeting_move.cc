#include "engine/app/meeting/meeting_move.h"

#include <algorithm>
#include <optional>
#include <set>
#include <vector>

#include "engine/app/command/entity.h"
#include "engine/app/meeting/meeting_record.h"
#include "engine/app/meeting/meeting_time_check.h"
#include "engine/base/error.h"
#include "engine/base/status_macros.h"
#include "engine/domain/names.h"
#include "engine/domain/planning/series.h"
#include "engine/domain/planning/time_text.h"
#include "fmt/format.h"

namespace gavel::app {
namespace {

constexpr int kMostMoves = 1000;

bool HasTimesOf(const v1::Meeting& meeting, const Occurrence& occurrence) {
  return FromProto(meeting.start_time()) == occurrence.start &&
         FromProto(meeting.end_time()) == occurrence.end &&
         FromProto(meeting.cut_off_time()) == occurrence.cut_off &&
         FromProto(meeting.freeze_time()) == occurrence.freeze;
}

absl::StatusOr<bool> MovedByPeople(const Workflow& workflow, const v1::Meeting& meeting) {
  GAVEL_ASSIGN_OR_RETURN(const auto moves, workflow.transaction().view().EventsOf(
                                               meeting.name(), "MeetingMoved", 0, kMostMoves));
  return std::any_of(moves.begin(), moves.end(),
                     [](const store::EventRow& row) { return row.actor != kSystemActor; });
}

absl::Status Move(Workflow& workflow, const v1::Meeting& meeting, const v1::Series& series,
                  const Occurrence& occurrence) {
  MeetingCommand command{.kind = MeetingCommandKind::kReschedule,
                         .actor = std::string(kSystemActor)};
  v1::MeetingMoved& moved = *command.payload.mutable_meeting_moved();
  SetTimes(series, occurrence, workflow.organisation().CalendarOf(meeting.area()).zone(),
           *moved.mutable_meeting());
  moved.set_reason("the area's meeting times or holidays changed");
  return workflow.RunMeeting(meeting.id(), command);
}

absl::Status CancelGone(Workflow& workflow, const v1::Meeting& meeting) {
  return workflow.CancelMeeting(meeting.id(), kSystemActor, nullptr, std::string(kCalendarChanged));
}

// Moves the meetings of one area to where its series has them.
class Follower {
 public:
  Follower(Workflow& workflow, const v1::Area& area)
      : workflow_(workflow),
        area_(area),
        calendar_(workflow.organisation().CalendarOf(area.id())) {}

  absl::Status Follow(const v1::Meeting& meeting) {
    if (meeting.ad_hoc()) return KeepStart(meeting);
    const v1::Series& series = SeriesOf(area_, meeting.series());
    if (series.id() != meeting.series()) return CancelGone(workflow_, meeting);
    GAVEL_ASSIGN_OR_RETURN(const SeriesSchedule schedule,
                           SeriesSchedule::Create(series, calendar_));
    const std::optional<Occurrence> due = OccurrenceOf(schedule, meeting);
    if (due.has_value() && HasTimesOf(meeting, *due)) return absl::OkStatus();
    GAVEL_ASSIGN_OR_RETURN(const bool by_people, MovedByPeople(workflow_, meeting));
    const absl::CivilDay day = calendar_.DayOf(FromProto(meeting.start_time()));
    if (by_people && calendar_.IsBusinessDay(day)) return KeepStart(meeting);
    if (!due.has_value()) return CancelGone(workflow_, meeting);
    return Move(workflow_, meeting, series, *due);
  }

 private:
  // Where its series has the meeting now; empty where nowhere, or not with the usual notice.
  std::optional<Occurrence> OccurrenceOf(const SeriesSchedule& schedule,
                                         const v1::Meeting& meeting) const {
    if (schedule.series().cadence() == v1::Series::CADENCE_ON_DEMAND) {
      return OnDemand(schedule, meeting);
    }
    const std::set<IsoWeek> weeks = WeeksOf(schedule, meeting);
    std::optional<Occurrence> found;
    for (const Occurrence& occurrence : schedule.Plannable(workflow_.now())) {
      if (HasTimesOf(meeting, occurrence)) return occurrence;
      if (!found.has_value() && weeks.count(occurrence.week) > 0) found = occurrence;
    }
    return found;
  }

  // A session on demand keeps its day; where that is none any more, the next one of the week.
  std::optional<Occurrence> OnDemand(const SeriesSchedule& schedule,
                                     const v1::Meeting& meeting) const {
    const absl::CivilDay planned = calendar_.DayOf(FromProto(meeting.start_time()));
    const absl::CivilDay day = calendar_.BusinessDayFrom(planned);
    if (MondayOf(day) != MondayOf(planned)) return std::nullopt;
    const Occurrence occurrence = schedule.On(day, schedule.series().start_minute());
    if (occurrence.freeze <= workflow_.now()) return std::nullopt;
    return occurrence;
  }

  absl::Status KeepStart(const v1::Meeting& meeting) {
    const v1::Series& series = SeriesOf(area_, meeting.series());
    GAVEL_ASSIGN_OR_RETURN(const Occurrence occurrence,
                           OccurrenceAt(workflow_, series, area_.id(),
                                        FromProto(meeting.start_time()), LengthMin(meeting)));
    const bool in_time = occurrence.freeze > workflow_.now();
    if (HasTimesOf(meeting, occurrence) || !in_time) return absl::OkStatus();
    return Move(workflow_, meeting, series, occurrence);
  }

  Workflow& workflow_;
  const v1::Area& area_;
  const BusinessCalendar& calendar_;
};

absl::Status CheckNotice(const Workflow& workflow, const v1::Meeting& meeting,
                         const Occurrence& occurrence) {
  if (occurrence.freeze > workflow.now()) return absl::OkStatus();
  const BusinessCalendar& calendar = workflow.organisation().CalendarOf(meeting.area());
  return FieldError("start_time",
                    fmt::format("leaves less than the usual notice: its packet would have to be "
                                "out since {}",
                                TimeText(occurrence.freeze, calendar.zone())));
}

}  // namespace

absl::Status FollowSeries(Workflow& workflow, const std::string& area_id) {
  const v1::Area* area = workflow.organisation().FindArea(area_id);
  const bool meets = area != nullptr && !area->series().empty();
  GAVEL_ASSIGN_OR_RETURN(
      const std::vector<v1::Meeting> ahead,
      workflow.transaction().Meetings(area_id, workflow.now(), absl::InfiniteFuture()));
  for (const v1::Meeting& meeting : ahead) {
    if (meeting.state() != v1::Meeting::STATE_PLANNED || meeting.planned()) continue;
    if (!meets) {
      GAVEL_RETURN_IF_ERROR(CancelGone(workflow, meeting));
    } else if (FromProto(meeting.cut_off_time()) > workflow.now()) {
      GAVEL_RETURN_IF_ERROR(Follower(workflow, *area).Follow(meeting));
    }
  }
  return absl::OkStatus();
}

absl::Status Reschedule(Workflow& workflow, const std::string& actor,
                        const v1::RescheduleMeetingRequest& request) {
  GAVEL_ASSIGN_OR_RETURN(const v1::Meeting meeting, workflow.GetMeeting(request.meeting()));
  if (!request.has_start_time() && request.length_min() == 0) {
    return FieldError("start_time", "must name the new start, or `length_min` the new length");
  }
  const v1::Area* area = workflow.organisation().FindArea(meeting.area());
  if (area == nullptr) return AreaNotFound(meeting.area());
  const v1::Series& series = SeriesOf(*area, meeting.series());
  const absl::Time start =
      FromProto(request.has_start_time() ? request.start_time() : meeting.start_time());
  const int length_min = request.length_min() == 0 ? LengthMin(meeting) : request.length_min();
  GAVEL_ASSIGN_OR_RETURN(const Occurrence occurrence,
                         OccurrenceAt(workflow, series, meeting.area(), start, length_min));
  MeetingCommand command{
      .kind = MeetingCommandKind::kReschedule, .actor = actor, .request = &request};
  v1::MeetingMoved& moved = *command.payload.mutable_meeting_moved();
  SetTimes(series, occurrence, workflow.organisation().CalendarOf(meeting.area()).zone(),
           *moved.mutable_meeting());
  moved.set_reason(request.reason());
  // What the state or the caller's role forbids is said first; an error takes the event back.
  GAVEL_RETURN_IF_ERROR(workflow.RunMeeting(meeting.id(), command));
  GAVEL_ASSIGN_OR_RETURN(const v1::Meeting after, workflow.GetMeeting(meeting.id()));
  GAVEL_RETURN_IF_ERROR(CheckMeetingTime(workflow, after));
  return CheckNotice(workflow, meeting, occurrence);
}

}  // namespace gavel::app
