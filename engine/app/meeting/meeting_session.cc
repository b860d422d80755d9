#include "engine/app/meeting/meeting_session.h"

#include <algorithm>
#include <set>
#include <vector>

#include "engine/app/command/entity.h"
#include "engine/app/meeting/meeting_queue.h"
#include "engine/app/meeting/meeting_record.h"
#include "engine/base/error.h"
#include "engine/base/status_macros.h"
#include "engine/domain/names.h"
#include "engine/domain/planning/eligibility.h"
#include "engine/domain/planning/series_numbers.h"
#include "engine/domain/planning/weight.h"
#include "fmt/format.h"

namespace gavel::app {
namespace {

absl::StatusOr<const v1::Area*> MeetingArea(const Workflow& workflow, const std::string& id) {
  const v1::Area* area = workflow.organisation().FindArea(id);
  if (area == nullptr) return AreaNotFound(id);
  if (area->series().empty()) {
    return FieldError("area", fmt::format("`{}` is only consulted and holds no meetings", id));
  }
  return area;
}

// A regular agenda cannot hold it, or it was continued once.
bool MayHaveOwnSession(const Workflow& workflow, const AreaQueue& queue, const v1::Spec& spec,
                       const v1::Meeting& regular) {
  if (spec.queue().continued() > 0) return true;
  return CheckEligible(queue.ItemOf(spec, regular), TermsOfMeeting(workflow, regular),
                       workflow.organisation().CalendarOf(queue.area()), workflow.now())
      .Has(ObstacleKind::kOwnSessionNeeded);
}

absl::Status CheckDedicated(const Workflow& workflow, const AreaQueue& queue,
                            const std::string& key, const v1::Meeting& regular) {
  GAVEL_ASSIGN_OR_RETURN(const v1::Spec spec, workflow.GetSpec(key));
  const v1::Spec* waiting = queue.Find(key);
  if (waiting == nullptr || waiting->state() != v1::Spec::STATE_QUEUED) {
    return FieldError("specs", fmt::format("{} is not queued in {}", key, queue.area()));
  }
  if (const v1::Meeting* session = queue.SessionFor(key)) {
    return FieldError("specs", fmt::format("{} has its session already: {}", key, session->id()));
  }
  if (MayHaveOwnSession(workflow, queue, spec, regular)) return absl::OkStatus();
  return FieldError("specs", fmt::format("{} fits a regular meeting; an extra session for the "
                                         "whole queue names no specs",
                                         key));
}

// Opening, closing and every spec's timebox.
int NeededMinutes(const AreaQueue& queue, const v1::Series& series, const v1::Meeting& session) {
  const SeriesNumbers numbers = NumbersOf(series);
  int minutes = numbers.opening_closing_min;
  for (const std::string& key : session.dedicated_to()) {
    minutes += TimeboxMinutes(queue.ItemOf(*queue.Find(key), session), numbers.timebox);
  }
  return minutes;
}

}  // namespace

absl::StatusOr<v1::Meeting> MakeSession(const Workflow& workflow,
                                        const v1::CreateSessionRequest& request) {
  GAVEL_ASSIGN_OR_RETURN(const v1::Area* area, MeetingArea(workflow, request.area()));
  const v1::Series& series = area->series(0);
  const absl::TimeZone& zone = workflow.organisation().CalendarOf(area->id()).zone();
  const absl::Time start = FromProto(request.start_time());
  int length_min = request.length_min() == 0 ? series.length_min() : request.length_min();
  GAVEL_ASSIGN_OR_RETURN(Occurrence occurrence,
                         OccurrenceAt(workflow, series, area->id(), start, length_min));
  v1::Meeting session = MakeMeeting(*area, series, occurrence, zone);
  session.clear_series();
  session.set_ad_hoc(true);
  const std::set<std::string> keys(request.specs().begin(), request.specs().end());
  if (keys.empty()) return session;
  if (static_cast<int>(keys.size()) > kMostSpecs) {
    return FieldError("specs",
                      fmt::format("are {}; one meeting takes at most {}", keys.size(), kMostSpecs));
  }
  GAVEL_ASSIGN_OR_RETURN(const AreaQueue queue, AreaQueue::Read(workflow, area->id()));
  for (const std::string& key : keys) {
    GAVEL_RETURN_IF_ERROR(CheckDedicated(workflow, queue, key, session));
  }
  session.mutable_dedicated_to()->Add(keys.begin(), keys.end());
  session.set_max_specs(kMostSpecs);
  const int needed = NeededMinutes(queue, series, session);
  if (request.length_min() != 0 || needed <= length_min) return session;
  GAVEL_ASSIGN_OR_RETURN(occurrence, OccurrenceAt(workflow, series, area->id(), start, needed));
  SetTimes(series, occurrence, zone, session);
  return session;
}

}  // namespace gavel::app
