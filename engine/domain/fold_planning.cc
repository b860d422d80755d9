#include "engine/domain/fold_planning.h"

#include <algorithm>

#include "engine/domain/decision.h"
#include "engine/domain/fold_meeting.h"
#include "engine/domain/names.h"

namespace gavel {
namespace {

// The order's memory reaches this far back ("team's items on the last four agendas").
constexpr int kHeldAgendas = 4;

v1::PlanningMemory& Memory(v1::Planning& planning, const std::string& spec) {
  for (v1::PlanningMemory& memory : *planning.mutable_memories()) {
    if (memory.spec() == spec) return memory;
  }
  v1::PlanningMemory& memory = *planning.add_memories();
  memory.set_spec(spec);
  return memory;
}

template <typename Gone>
void ForgetIf(v1::Planning& planning, Gone gone) {
  auto& memories = *planning.mutable_memories();
  memories.erase(std::remove_if(memories.begin(), memories.end(), gone), memories.end());
}

// An outcome can be undone for a while, and then the spec stands in the queue as if it had never
// left; nothing else brings a memory back.
void FoldLeaving(const v1::Event& event, v1::Planning& planning) {
  const std::string& spec = event.spec();
  if (planning.reservation() == spec) planning.clear_reservation();
  const bool by_outcome = event.payload_case() == v1::Event::kOutcomeRecorded ||
                          (event.payload_case() == v1::Event::kDecisionRecorded &&
                           event.decision_recorded().has_outcome());
  if (!by_outcome) {
    ForgetIf(planning, [&](const auto& memory) { return memory.spec() == spec; });
    return;
  }
  *Memory(planning, spec).mutable_keep_until() = ToProto(FromProto(event.time()) + kUndoWindow);
}

// Drops what was kept for an undo that can no longer come.
void ForgetDecided(const v1::Event& event, v1::Planning& planning) {
  const absl::Time now = FromProto(event.time());
  ForgetIf(planning, [now](const auto& memory) {
    return memory.has_keep_until() && FromProto(memory.keep_until()) < now;
  });
}

// Three cut-offs *running*: anything but an author's reason starts the count again.
void FoldAgenda(const v1::AgendaPlanned& planned, v1::Planning& planning) {
  for (const v1::NotPicked& not_picked : planned.not_picked()) {
    v1::PlanningMemory& memory = Memory(planning, not_picked.spec());
    memory.set_author_ineligible(not_picked.author_fault() ? memory.author_ineligible() + 1 : 0);
  }
  for (const std::string& spec : planned.picked()) Memory(planning, spec).set_author_ineligible(0);
}

// Only a held meeting passes anybody over, and only then does its reservation count.
void FoldHeld(const v1::Event& event, v1::Planning& planning) {
  const v1::MeetingClosed& closed = event.meeting_closed();
  for (const std::string& spec : closed.passed_over()) {
    v1::PlanningMemory& memory = Memory(planning, spec);
    memory.set_passed_over(memory.passed_over() + 1);
  }
  for (v1::PlanningMemory& memory : *planning.mutable_memories()) memory.set_carried_over(false);
  for (const std::string& spec : closed.carried_over())
    Memory(planning, spec).set_carried_over(true);
  v1::HeldAgenda& held = *planning.add_held();
  held.set_meeting(event.meeting());
  *held.mutable_teams() = closed.teams();
  while (planning.held_size() > kHeldAgendas)
    planning.mutable_held()->erase(planning.held().begin());
  planning.set_reservation(closed.reservation());
  planning.set_cancelled_running(0);
}

bool StopsQuickItem(const v1::Event& event) {
  return event.payload_case() == v1::Event::kSlotReleased &&
         event.slot_released().reason() == kQuickStopped;
}

bool LeavesTheQueue(const v1::Event& event) {
  switch (event.to_state()) {
    case v1::Spec::STATE_QUEUED:
    case v1::Spec::STATE_SCHEDULED:
    case v1::Spec::STATE_IN_MEETING:
      return false;
    default:
      break;
  }
  switch (event.from_state()) {
    case v1::Spec::STATE_QUEUED:
    case v1::Spec::STATE_SCHEDULED:
    case v1::Spec::STATE_IN_MEETING:
      return true;
    default:
      return false;
  }
}

void ClearAlert(const std::string& kind, v1::Planning& planning) {
  auto& alerts = *planning.mutable_alerts();
  alerts.erase(std::remove_if(alerts.begin(), alerts.end(),
                              [&](const v1::HealthAlert& alert) { return alert.kind() == kind; }),
               alerts.end());
}

}  // namespace

bool ConcernsPlanning(const v1::Event& event) {
  if (event.area().empty()) return false;
  switch (event.payload_case()) {
    case v1::Event::kAgendaPlanned:
    case v1::Event::kMeetingClosed:
    case v1::Event::kMeetingCancelled:
    case v1::Event::kUrgentGranted:
    case v1::Event::kSlotAssigned:
    case v1::Event::kOutcomeUndone:
    case v1::Event::kHealthAlertRaised:
    case v1::Event::kHealthAlertCleared:
      return true;
    default:
      return LeavesTheQueue(event) || StopsQuickItem(event);
  }
}

void FoldPlanning(const v1::Event& event, v1::Planning& planning) {
  planning.set_area(event.area());
  ForgetDecided(event, planning);
  switch (event.payload_case()) {
    case v1::Event::kAgendaPlanned:
      FoldAgenda(event.agenda_planned(), planning);
      break;
    case v1::Event::kMeetingClosed:
      FoldHeld(event, planning);
      break;
    case v1::Event::kMeetingCancelled:
      // Nobody expected a meeting that the calendar no longer has.
      if (event.meeting_cancelled().reason() == "CALENDAR_CHANGED") break;
      planning.set_cancelled_running(planning.cancelled_running() + 1);
      break;
    case v1::Event::kHealthAlertRaised:
      *planning.add_alerts() = event.health_alert_raised().alert();
      break;
    case v1::Event::kHealthAlertCleared:
      ClearAlert(event.health_alert_cleared().kind(), planning);
      break;
    case v1::Event::kUrgentGranted: {
      v1::UrgentGrant& grant = *planning.add_urgent_grants();
      grant.set_spec(event.urgent_granted().spec());
      grant.set_team(event.urgent_granted().team());
      grant.set_quarter(event.urgent_granted().quarter());
      break;
    }
    case v1::Event::kSlotAssigned: {
      v1::PlanningMemory& memory = Memory(planning, event.spec());
      memory.set_times_on_agenda(memory.times_on_agenda() + 1);
      break;
    }
    case v1::Event::kOutcomeUndone:
      Memory(planning, event.spec()).clear_keep_until();
      break;
    case v1::Event::kSlotReleased:
      if (StopsQuickItem(event)) Memory(planning, event.spec()).set_stopped_quick(true);
      break;
    default:
      break;
  }
  if (LeavesTheQueue(event)) FoldLeaving(event, planning);
}

const v1::PlanningMemory& MemoryOf(const v1::Planning& planning, std::string_view spec) {
  for (const v1::PlanningMemory& memory : planning.memories()) {
    if (memory.spec() == spec) return memory;
  }
  return v1::PlanningMemory::default_instance();
}

}  // namespace gavel
