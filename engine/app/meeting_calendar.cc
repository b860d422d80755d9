#include "engine/app/meeting_calendar.h"

#include <algorithm>
#include <set>
#include <vector>

#include "engine/app/entity.h"
#include "engine/base/error.h"
#include "engine/base/status_macros.h"
#include "engine/domain/names.h"
#include "engine/domain/planning/series.h"
#include "engine/domain/planning/weight.h"
#include "fmt/format.h"

namespace gavel::app {
namespace {

constexpr absl::Duration kHorizonPeriod = absl::Hours(7 * 24);

// A record for one occurrence. The id names the day; a second meeting on a day gets `-2` and so on.
absl::StatusOr<std::string> FreeId(const Workflow& workflow, absl::CivilDay day,
                                   const std::string& area) {
  const std::string base =
      fmt::format("{:04}-{:02}-{:02}-{}", day.year(), day.month(), day.day(), area);
  std::string id = base;
  for (int n = 2;; ++n) {
    GAVEL_ASSIGN_OR_RETURN(const auto taken, workflow.transaction().FindMeeting(id));
    if (!taken.has_value()) return id;
    id = fmt::format("{}-{}", base, n);
  }
}

v1::Meeting MakeMeeting(const v1::Area& area, const v1::Series& series,
                        const Occurrence& occurrence, const absl::TimeZone& zone,
                        const std::string& id) {
  v1::Meeting meeting;
  meeting.set_name(MeetingSubject(id));
  meeting.set_id(id);
  meeting.set_area(area.id());
  meeting.set_series(series.id());
  *meeting.mutable_start_time() = ToProto(occurrence.start);
  *meeting.mutable_end_time() = ToProto(occurrence.end);
  *meeting.mutable_preview_time() = ToProto(occurrence.preview);
  *meeting.mutable_cut_off_time() = ToProto(occurrence.cut_off);
  *meeting.mutable_freeze_time() = ToProto(occurrence.freeze);
  *meeting.mutable_go_no_go_time() = ToProto(occurrence.go_no_go);
  *meeting.mutable_minutes_due_time() = ToProto(occurrence.minutes_due);
  meeting.set_zone(zone.name());
  meeting.set_max_specs(series.max_specs());
  meeting.set_usable_minutes(
      UsableMinutes(static_cast<int>((occurrence.end - occurrence.start) / absl::Minutes(1))));
  meeting.set_max_words(series.max_words());
  return meeting;
}

absl::Status AppendPlanned(Workflow& workflow, const v1::Meeting& meeting) {
  v1::Event event;
  event.set_subject(meeting.name());
  event.set_actor(std::string(kSystemActor));
  event.set_area(meeting.area());
  event.set_meeting(meeting.id());
  *event.mutable_meeting_planned()->mutable_meeting() = meeting;
  return workflow.transaction().Append(std::move(event));
}

bool IsOccurrence(const v1::Meeting& meeting, const std::vector<Occurrence>& occurrences) {
  return std::any_of(occurrences.begin(), occurrences.end(), [&](const Occurrence& occurrence) {
    return FromProto(meeting.start_time()) == occurrence.start &&
           FromProto(meeting.end_time()) == occurrence.end &&
           FromProto(meeting.cut_off_time()) == occurrence.cut_off &&
           FromProto(meeting.freeze_time()) == occurrence.freeze;
  });
}

// The weekly occurrences of every series of an area; a session on demand keeps its day.
absl::StatusOr<bool> IsScheduled(const Workflow& workflow, const v1::Meeting& meeting) {
  const v1::Area* area = workflow.organisation().FindArea(meeting.area());
  if (area == nullptr) return false;
  for (const v1::Series& series : area->series()) {
    if (series.id() != meeting.series()) continue;
    if (series.cadence() == v1::Series::CADENCE_ON_DEMAND) return true;
    GAVEL_ASSIGN_OR_RETURN(
        const SeriesSchedule schedule,
        SeriesSchedule::Create(series, workflow.organisation().CalendarOf(meeting.area())));
    return IsOccurrence(meeting, schedule.Plannable(workflow.now()));
  }
  return false;
}

}  // namespace

absl::Status CancelUnscheduled(Workflow& workflow, const std::string& area_id) {
  const v1::Area* area = workflow.organisation().FindArea(area_id);
  const bool meets = area != nullptr && !area->series().empty();
  GAVEL_ASSIGN_OR_RETURN(
      const std::vector<v1::Meeting> ahead,
      workflow.transaction().Meetings(area_id, workflow.now(), absl::InfiniteFuture()));
  for (const v1::Meeting& meeting : ahead) {
    if (meeting.state() != v1::Meeting::STATE_PLANNED || meeting.planned()) continue;
    // Where the area goes on meeting, a session that people asked for and an agenda that is being
    // picked stay.
    const bool fixed = meeting.ad_hoc() || FromProto(meeting.cut_off_time()) <= workflow.now();
    if (meets && fixed) continue;
    GAVEL_ASSIGN_OR_RETURN(const bool scheduled, IsScheduled(workflow, meeting));
    if (scheduled) continue;
    GAVEL_RETURN_IF_ERROR(
        workflow.CancelMeeting(meeting.id(), kSystemActor, nullptr, std::string(kCalendarChanged)));
  }
  return absl::OkStatus();
}

absl::Status PlanHorizon(Workflow& workflow, const std::string& area_id) {
  const v1::Area& area = *workflow.organisation().FindArea(area_id);
  const BusinessCalendar& calendar = workflow.organisation().CalendarOf(area_id);
  for (const v1::Series& series : area.series()) {
    GAVEL_ASSIGN_OR_RETURN(const SeriesSchedule schedule, SeriesSchedule::Create(series, calendar));
    GAVEL_ASSIGN_OR_RETURN(
        const std::vector<v1::Meeting> known,
        workflow.transaction().Meetings(area_id, workflow.now() - absl::Hours(24 * 14),
                                        absl::InfiniteFuture()));
    std::set<IsoWeek> taken;
    for (const v1::Meeting& meeting : known) {
      const bool moved = meeting.cancel_reason() == kCalendarChanged;
      if (meeting.series() == series.id() && !meeting.ad_hoc() && !moved) {
        taken.insert(IsoWeekOf(calendar.DayOf(FromProto(meeting.start_time()))));
      }
    }
    for (const Occurrence& occurrence : schedule.Plannable(workflow.now())) {
      if (taken.count(occurrence.week) > 0) continue;
      GAVEL_ASSIGN_OR_RETURN(const std::string id, FreeId(workflow, occurrence.day, area_id));
      GAVEL_RETURN_IF_ERROR(
          AppendPlanned(workflow, MakeMeeting(area, series, occurrence, calendar.zone(), id)));
    }
  }
  return workflow.transaction().ReplaceTimers(
      PlanningSubject(area_id), {{std::string(kHorizonTimer), workflow.now() + kHorizonPeriod}});
}

absl::Status PlanOnDemand(Workflow& workflow, const std::string& area_id) {
  const v1::Area& area = *workflow.organisation().FindArea(area_id);
  const BusinessCalendar& calendar = workflow.organisation().CalendarOf(area_id);
  for (const v1::Series& series : area.series()) {
    if (series.cadence() != v1::Series::CADENCE_ON_DEMAND) continue;
    GAVEL_ASSIGN_OR_RETURN(const SeriesSchedule schedule, SeriesSchedule::Create(series, calendar));
    GAVEL_ASSIGN_OR_RETURN(
        const std::vector<v1::Meeting> known,
        workflow.transaction().Meetings(area_id, workflow.now() - absl::Hours(24 * 7),
                                        absl::InfiniteFuture()));
    std::vector<IsoWeek> taken;
    bool ahead = false;
    for (const v1::Meeting& meeting : known) {
      taken.push_back(IsoWeekOf(calendar.DayOf(FromProto(meeting.start_time()))));
      ahead |= meeting.state() == v1::Meeting::STATE_PLANNED && !meeting.planned();
    }
    if (ahead) continue;
    const Occurrence occurrence = schedule.FirstFree(workflow.now(), taken);
    GAVEL_ASSIGN_OR_RETURN(const std::string id, FreeId(workflow, occurrence.day, area_id));
    GAVEL_RETURN_IF_ERROR(
        AppendPlanned(workflow, MakeMeeting(area, series, occurrence, calendar.zone(), id)));
  }
  return absl::OkStatus();
}

absl::StatusOr<v1::Meeting> MakeSession(const Workflow& workflow, const std::string& area_id,
                                        absl::Time start, int length_min) {
  const v1::Area* area = workflow.organisation().FindArea(area_id);
  if (area == nullptr) return AreaNotFound(area_id);
  if (area->series().empty()) {
    return FieldError("area", fmt::format("`{}` is only consulted and holds no meetings", area_id));
  }
  const BusinessCalendar& calendar = workflow.organisation().CalendarOf(area_id);
  v1::Series series = area->series(0);
  if (length_min != 0) series.set_length_min(length_min);
  GAVEL_ASSIGN_OR_RETURN(const SeriesSchedule schedule, SeriesSchedule::Create(series, calendar));
  const absl::CivilMinute local = absl::ToCivilMinute(start, calendar.zone());
  const Occurrence occurrence =
      schedule.On(absl::CivilDay(local), static_cast<int>(local.hour() * 60 + local.minute()));
  GAVEL_ASSIGN_OR_RETURN(const std::string id, FreeId(workflow, occurrence.day, area_id));
  v1::Meeting meeting = MakeMeeting(*area, series, occurrence, calendar.zone(), id);
  meeting.clear_series();
  meeting.set_ad_hoc(true);
  return meeting;
}

}  // namespace gavel::app
