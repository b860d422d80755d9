#include "engine/app/meeting/meeting_record.h"

#include <cstdio>

#include "engine/app/command/entity.h"
#include "engine/base/status_macros.h"
#include "engine/domain/names.h"
#include "engine/domain/planning/capacity.h"
#include "fmt/format.h"

namespace gavel::app {
namespace {

absl::StatusOr<std::string> FreeId(const Workflow& workflow, const v1::Meeting& meeting) {
  const absl::CivilDay day = DayOf(workflow, meeting);
  const std::string base =
      fmt::format("{:04}-{:02}-{:02}-{}", day.year(), day.month(), day.day(), meeting.area());
  std::string id = base;
  for (int n = 2;; ++n) {
    GAVEL_ASSIGN_OR_RETURN(const auto taken, workflow.transaction().FindMeeting(id));
    if (!taken.has_value()) return id;
    id = fmt::format("{}-{}", base, n);
  }
}

absl::CivilDay DayOfId(const std::string& id) {
  int year = 0;
  int month = 0;
  int day = 0;
  std::sscanf(id.c_str(), "%4d-%2d-%2d", &year, &month, &day);
  return absl::CivilDay(year, month, day);
}

}  // namespace

const v1::Series& SeriesOf(const v1::Area& area, const std::string& id) {
  for (const v1::Series& series : area.series()) {
    if (series.id() == id) return series;
  }
  return area.series(0);
}

void SetTimes(const v1::Series& series, const Occurrence& occurrence, const absl::TimeZone& zone,
              v1::Meeting& meeting) {
  *meeting.mutable_start_time() = ToProto(occurrence.start);
  *meeting.mutable_end_time() = ToProto(occurrence.end);
  *meeting.mutable_preview_time() = ToProto(occurrence.preview);
  *meeting.mutable_cut_off_time() = ToProto(occurrence.cut_off);
  *meeting.mutable_freeze_time() = ToProto(occurrence.freeze);
  *meeting.mutable_go_no_go_time() = ToProto(occurrence.go_no_go);
  *meeting.mutable_minutes_due_time() = ToProto(occurrence.minutes_due);
  meeting.set_zone(zone.name());
  v1::Series lasting = series;
  lasting.set_length_min(LengthMin(meeting));
  meeting.set_usable_minutes(TermsOf(lasting, occurrence.day).usable_minutes);
}

v1::Meeting MakeMeeting(const v1::Area& area, const v1::Series& series,
                        const Occurrence& occurrence, const absl::TimeZone& zone) {
  v1::Meeting meeting;
  meeting.set_area(area.id());
  meeting.set_series(series.id());
  meeting.set_max_specs(series.max_specs());
  meeting.set_max_words(series.max_words());
  SetTimes(series, occurrence, zone, meeting);
  return meeting;
}

absl::StatusOr<Occurrence> OccurrenceAt(const Workflow& workflow, v1::Series series,
                                        const std::string& area, absl::Time start, int length_min) {
  const BusinessCalendar& calendar = workflow.organisation().CalendarOf(area);
  series.set_length_min(length_min);
  GAVEL_ASSIGN_OR_RETURN(const SeriesSchedule schedule, SeriesSchedule::Create(series, calendar));
  const absl::CivilMinute local = absl::ToCivilMinute(start, calendar.zone());
  return schedule.On(absl::CivilDay(local), static_cast<int>(local.hour() * 60 + local.minute()));
}

absl::Status AppendPlanned(Workflow& workflow, std::string_view actor, v1::Meeting& meeting) {
  GAVEL_ASSIGN_OR_RETURN(const std::string id, FreeId(workflow, meeting));
  meeting.set_name(MeetingSubject(id));
  meeting.set_id(id);
  v1::Event event;
  event.set_subject(meeting.name());
  event.set_actor(std::string(actor));
  event.set_area(meeting.area());
  event.set_meeting(id);
  *event.mutable_meeting_planned()->mutable_meeting() = meeting;
  return workflow.transaction().Append(std::move(event));
}

std::set<IsoWeek> WeeksOf(const SeriesSchedule& schedule, const v1::Meeting& meeting) {
  const absl::CivilDay stands = schedule.calendar().DayOf(FromProto(meeting.start_time()));
  return {schedule.WeekOf(stands), schedule.WeekOf(DayOfId(meeting.id()))};
}

absl::CivilDay DayOf(const Workflow& workflow, const v1::Meeting& meeting) {
  return workflow.organisation().CalendarOf(meeting.area()).DayOf(FromProto(meeting.start_time()));
}

int LengthMin(const v1::Meeting& meeting) {
  const absl::Duration length = FromProto(meeting.end_time()) - FromProto(meeting.start_time());
  return static_cast<int>(absl::ToInt64Minutes(length));
}

bool TakesFromQueue(const v1::Meeting& meeting) {
  return meeting.state() == v1::Meeting::STATE_PLANNED && !meeting.planned() &&
         meeting.dedicated_to().empty();
}

}  // namespace gavel::app
