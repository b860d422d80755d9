#include "engine/app/meeting/meeting_calendar.h"

#include <algorithm>
#include <optional>
#include <set>

#include "engine/app/command/entity.h"
#include "engine/app/meeting/meeting_move.h"
#include "engine/app/meeting/meeting_queue.h"
#include "engine/app/meeting/meeting_record.h"
#include "engine/base/status_macros.h"
#include "engine/domain/names.h"
#include "engine/domain/planning/series.h"

namespace gavel::app {
namespace {

constexpr absl::Duration kWeek = absl::Hours(24 * 7);
constexpr absl::Duration kHorizonPeriod = kWeek;
// A session on demand looks for a day that suits a queued spec over so many weeks.
constexpr int kWeeksOnDemand = 8;

// Meetings that may speak for a week that can still be planned: one may have moved as far as the
// horizon reaches.
absl::StatusOr<std::vector<v1::Meeting>> KnownMeetings(const Workflow& workflow,
                                                       const std::string& area) {
  return workflow.transaction().Meetings(area, workflow.now() - kSeriesHorizon - kWeek,
                                         absl::InfiniteFuture());
}

// Weeks that have their meeting, cancelled or not. One that went with its calendar leaves its week
// free.
std::set<IsoWeek> TakenWeeks(const SeriesSchedule& schedule,
                             const std::vector<v1::Meeting>& known) {
  std::set<IsoWeek> taken;
  for (const v1::Meeting& meeting : known) {
    const bool gone = meeting.cancel_reason() == kCalendarChanged;
    if (meeting.series() != schedule.series().id() || meeting.ad_hoc() || gone) continue;
    taken.merge(WeeksOf(schedule, meeting));
  }
  return taken;
}

std::vector<IsoWeek> List(const std::set<IsoWeek>& weeks) { return {weeks.begin(), weeks.end()}; }

absl::Status PlanWeekly(Workflow& workflow, const v1::Area& area, const v1::Series& series) {
  const BusinessCalendar& calendar = workflow.organisation().CalendarOf(area.id());
  GAVEL_ASSIGN_OR_RETURN(const SeriesSchedule schedule, SeriesSchedule::Create(series, calendar));
  GAVEL_ASSIGN_OR_RETURN(const auto known, KnownMeetings(workflow, area.id()));
  const std::set<IsoWeek> taken = TakenWeeks(schedule, known);
  for (const Occurrence& occurrence : schedule.Plannable(workflow.now())) {
    if (taken.count(occurrence.week) > 0) continue;
    v1::Meeting meeting = MakeMeeting(area, series, occurrence, calendar.zone());
    GAVEL_RETURN_IF_ERROR(AppendPlanned(workflow, kSystemActor, meeting));
  }
  return absl::OkStatus();
}

// The first session on demand that some queued spec could come to.
absl::StatusOr<std::optional<v1::Meeting>> FirstUseful(const Workflow& workflow,
                                                       const v1::Area& area,
                                                       const v1::Series& series,
                                                       const std::vector<v1::Meeting>& known,
                                                       const AreaQueue& queue) {
  const BusinessCalendar& calendar = workflow.organisation().CalendarOf(area.id());
  GAVEL_ASSIGN_OR_RETURN(const SeriesSchedule schedule, SeriesSchedule::Create(series, calendar));
  std::vector<IsoWeek> taken = List(TakenWeeks(schedule, known));
  for (int week = 0; week < kWeeksOnDemand; ++week) {
    const Occurrence occurrence = schedule.FirstFree(workflow.now(), taken);
    v1::Meeting meeting = MakeMeeting(area, series, occurrence, calendar.zone());
    if (!queue.PlanFor(meeting).picks.empty()) return meeting;
    taken.push_back(occurrence.week);
  }
  return std::nullopt;
}

bool StartsEarlier(const v1::Meeting& a, const v1::Meeting& b) {
  return FromProto(a.start_time()) < FromProto(b.start_time());
}

// Meetings of one series that have no record yet.
absl::Status AddUnrecorded(const Workflow& workflow, const v1::Area& area, const v1::Series& series,
                           const std::vector<v1::Meeting>& known, int count,
                           std::vector<v1::Meeting>& meetings) {
  const BusinessCalendar& calendar = workflow.organisation().CalendarOf(area.id());
  GAVEL_ASSIGN_OR_RETURN(const SeriesSchedule schedule, SeriesSchedule::Create(series, calendar));
  const std::set<IsoWeek> taken = TakenWeeks(schedule, known);
  if (series.cadence() == v1::Series::CADENCE_ON_DEMAND) {
    std::vector<IsoWeek> weeks = List(taken);
    for (int i = 0; i < count; ++i) {
      const Occurrence occurrence = schedule.FirstFree(workflow.now(), weeks);
      meetings.push_back(MakeMeeting(area, series, occurrence, calendar.zone()));
      weeks.push_back(occurrence.week);
    }
    return absl::OkStatus();
  }
  const absl::Duration reach = kWeek * (count + static_cast<int>(taken.size()));
  for (const Occurrence& occurrence : schedule.Between(workflow.now(), workflow.now() + reach)) {
    if (occurrence.freeze <= workflow.now() || taken.count(occurrence.week) > 0) continue;
    meetings.push_back(MakeMeeting(area, series, occurrence, calendar.zone()));
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status PlanHorizon(Workflow& workflow, const std::string& area_id) {
  const v1::Area& area = *workflow.organisation().FindArea(area_id);
  for (const v1::Series& series : area.series()) {
    GAVEL_RETURN_IF_ERROR(PlanWeekly(workflow, area, series));
  }
  GAVEL_RETURN_IF_ERROR(PlanOnDemand(workflow, area_id));
  return workflow.transaction().ReplaceTimers(
      PlanningSubject(area_id), {{std::string(kHorizonTimer), workflow.now() + kHorizonPeriod}});
}

absl::Status PlanOnDemand(Workflow& workflow, const std::string& area_id) {
  const v1::Area* area = workflow.organisation().FindArea(area_id);
  if (area == nullptr) return absl::OkStatus();
  const bool on_demand = std::any_of(
      area->series().begin(), area->series().end(),
      [](const auto& series) { return series.cadence() == v1::Series::CADENCE_ON_DEMAND; });
  if (!on_demand) return absl::OkStatus();
  GAVEL_ASSIGN_OR_RETURN(const auto known, KnownMeetings(workflow, area_id));
  if (std::any_of(known.begin(), known.end(), TakesFromQueue)) return absl::OkStatus();
  GAVEL_ASSIGN_OR_RETURN(const AreaQueue queue, AreaQueue::Read(workflow, area_id));
  if (!queue.HasQueued()) return absl::OkStatus();
  std::optional<v1::Meeting> first;
  for (const v1::Series& series : area->series()) {
    if (series.cadence() != v1::Series::CADENCE_ON_DEMAND) continue;
    GAVEL_ASSIGN_OR_RETURN(std::optional<v1::Meeting> meeting,
                           FirstUseful(workflow, *area, series, known, queue));
    if (!meeting.has_value()) continue;
    if (!first.has_value() || StartsEarlier(*meeting, *first)) first = std::move(meeting);
  }
  return first.has_value() ? AppendPlanned(workflow, kSystemActor, *first) : absl::OkStatus();
}

absl::StatusOr<std::vector<v1::Meeting>> MeetingsAhead(const Workflow& workflow,
                                                       const std::string& area_id, int count) {
  const v1::Area& area = *workflow.organisation().FindArea(area_id);
  GAVEL_ASSIGN_OR_RETURN(const auto known, KnownMeetings(workflow, area_id));
  std::vector<v1::Meeting> ahead;
  std::copy_if(known.begin(), known.end(), std::back_inserter(ahead), TakesFromQueue);
  for (const v1::Series& series : area.series()) {
    GAVEL_RETURN_IF_ERROR(AddUnrecorded(workflow, area, series, known, count, ahead));
  }
  std::stable_sort(ahead.begin(), ahead.end(), StartsEarlier);
  if (static_cast<int>(ahead.size()) > count) ahead.resize(static_cast<size_t>(count));
  return ahead;
}

}  // namespace gavel::app
