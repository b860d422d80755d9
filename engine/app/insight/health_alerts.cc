#include "engine/app/insight/health_alerts.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "engine/app/command/entity.h"
#include "engine/app/meeting/meeting_move.h"
#include "engine/app/meeting/queue_reading.h"
#include "engine/base/status_macros.h"
#include "engine/domain/health/alerts.h"
#include "engine/domain/names.h"
#include "fmt/format.h"

namespace gavel::app {
namespace {

// How far back a wait is counted.
constexpr absl::Duration kLookedBack = absl::Hours(52 * 7 * 24);

using Meetings = std::vector<v1::Meeting>;

const v1::HealthAlert* Open(const v1::Planning& planning, std::string_view kind) {
  for (const v1::HealthAlert& alert : planning.alerts()) {
    if (alert.kind() == kind) return &alert;
  }
  return nullptr;
}

v1::Event EventAbout(const std::string& area) {
  v1::Event event;
  event.set_subject(PlanningSubject(area));
  event.set_actor(std::string(kSystemActor));
  event.set_area(area);
  return event;
}

// Raises what is wanted and not open, clears what is open and not wanted.
absl::Status Settle(Workflow& workflow, const v1::Planning& planning, const std::string& kind,
                    const std::optional<v1::HealthAlert>& wanted) {
  const bool open = Open(planning, kind) != nullptr;
  if (open == wanted.has_value()) return absl::OkStatus();
  v1::Event event = EventAbout(planning.area());
  if (wanted.has_value()) {
    *event.mutable_health_alert_raised()->mutable_alert() = *wanted;
  } else {
    event.mutable_health_alert_cleared()->set_kind(kind);
  }
  return workflow.transaction().Append(std::move(event));
}

// The series' meetings of the last year whose agenda was picked or whose day has come, newest
// first.
absl::StatusOr<Meetings> Occurrences(const Workflow& workflow, const std::string& area) {
  GAVEL_ASSIGN_OR_RETURN(
      Meetings meetings,
      workflow.transaction().Meetings(area, workflow.now() - kLookedBack, absl::InfiniteFuture()));
  meetings.erase(std::remove_if(meetings.begin(), meetings.end(),
                                [&](const v1::Meeting& meeting) {
                                  return meeting.ad_hoc() ||
                                         meeting.cancel_reason() == kCalendarChanged ||
                                         FromProto(meeting.cut_off_time()) > workflow.now();
                                }),
                 meetings.end());
  std::reverse(meetings.begin(), meetings.end());
  return meetings;
}

std::set<std::string> QueueOf(const v1::Meeting& meeting) {
  std::set<std::string> keys;
  for (const v1::Slot& slot : meeting.slots()) keys.insert(slot.spec());
  for (const v1::NotPicked& not_picked : meeting.not_picked()) keys.insert(not_picked.spec());
  return keys;
}

// Meetings that a spec queued at `since` had waited for by the cut-off of `at`, that one included.
int WaitedFor(const Meetings& newest_first, absl::Time since, const v1::Meeting& at) {
  int occurrences = 1;
  for (const v1::Meeting& meeting : newest_first) {
    const absl::Time start = FromProto(meeting.start_time());
    if (since <= start && start < FromProto(at.start_time())) ++occurrences;
  }
  return occurrences;
}

using SpecsByKey = std::map<std::string, v1::Spec>;

absl::StatusOr<std::vector<health::QueueAtCutOff>> Queues(const Workflow& workflow,
                                                          const Meetings& newest_first,
                                                          SpecsByKey& specs) {
  std::vector<health::QueueAtCutOff> queues;
  for (const v1::Meeting& meeting : newest_first) {
    if (queues.size() == static_cast<size_t>(health::kBacklogWeeks)) break;
    if (!meeting.planned()) continue;
    health::QueueAtCutOff& queue = queues.emplace_back();
    for (const std::string& key : QueueOf(meeting)) {
      if (specs.count(key) == 0) {
        GAVEL_ASSIGN_OR_RETURN(specs[key], workflow.GetSpec(key));
      }
      const absl::Time since = FromProto(specs[key].queue().since());
      // Queued again since then: how long it had waited at that cut-off is no longer there to read.
      if (since > FromProto(meeting.cut_off_time())) continue;
      queue.push_back({.spec = key, .occurrences = WaitedFor(newest_first, since, meeting)});
    }
  }
  return queues;
}

// What most of the newest queue has in common: a system, or a consulted area.
void FillCommon(const SpecsByKey& specs, health::BacklogFacts& facts) {
  std::map<std::string, int> counts;
  for (const health::QueuedWait& wait : facts.newest_first.front()) {
    const v1::Spec& spec = specs.at(wait.spec);
    if (!spec.system().empty()) ++counts[fmt::format("the system {}", spec.system())];
    for (const std::string& area : spec.consulted()) ++counts[fmt::format("the area {}", area)];
  }
  for (const auto& [common, count] : counts) {
    if (count <= facts.in_common) continue;
    facts.common = common;
    facts.in_common = count;
  }
}

absl::StatusOr<std::optional<v1::HealthAlert>> BacklogOf(const Workflow& workflow,
                                                         const v1::Area& area) {
  GAVEL_ASSIGN_OR_RETURN(const Meetings meetings, Occurrences(workflow, area.id()));
  SpecsByKey specs;
  health::BacklogFacts facts;
  GAVEL_ASSIGN_OR_RETURN(facts.newest_first, Queues(workflow, meetings, specs));
  if (!health::IsBacklog(facts.newest_first)) return std::nullopt;
  std::vector<std::string> keys;
  for (const auto& [key, spec] : specs) keys.push_back(key);
  GAVEL_ASSIGN_OR_RETURN(const health::QueueReading reading,
                         ReadQueue(workflow, keys, /*mine=*/false));
  if (!reading.near_misses.empty()) facts.near_miss = reading.near_misses.front();
  facts.queued = reading.queued;
  facts.area_name = area.name();
  if (!area.series().empty()) facts.length_min = area.series(0).length_min();
  FillCommon(specs, facts);
  return health::Backlog(facts, workflow.now());
}

}  // namespace

absl::Status CheckHealth(Workflow& workflow, const std::string& area_id) {
  const v1::Area* area = workflow.organisation().FindArea(area_id);
  if (area == nullptr) return absl::OkStatus();
  GAVEL_ASSIGN_OR_RETURN(v1::Planning planning, workflow.transaction().Planning(area_id));
  planning.set_area(area_id);
  std::optional<v1::HealthAlert> cancelled;
  if (planning.cancelled_running() >= health::kCancelledRunningLeast) {
    cancelled =
        health::CancelledRunning(area->name(), planning.cancelled_running(), workflow.now());
  }
  GAVEL_RETURN_IF_ERROR(Settle(workflow, planning, health::kCancelledRunningAlert, cancelled));
  GAVEL_ASSIGN_OR_RETURN(const auto backlog, BacklogOf(workflow, *area));
  return Settle(workflow, planning, health::kBacklogAlert, backlog);
}

}  // namespace gavel::app
