#include "engine/domain/fold_planning.h"

#include <algorithm>

#include "engine/domain/planning/civil_date.h"

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

void Forget(v1::Planning& planning, const std::string& spec) {
  auto& memories = *planning.mutable_memories();
  memories.erase(std::remove_if(memories.begin(), memories.end(),
                                [&](const auto& memory) { return memory.spec() == spec; }),
                 memories.end());
  if (planning.reservation() == spec) planning.clear_reservation();
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

}  // namespace

bool ConcernsPlanning(const v1::Event& event) {
  if (event.area().empty()) return false;
  switch (event.payload_case()) {
    case v1::Event::kAgendaPlanned:
    case v1::Event::kMeetingClosed:
    case v1::Event::kMeetingCancelled:
    case v1::Event::kUrgentGranted:
    case v1::Event::kSlotAssigned:
      return true;
    default:
      return LeavesTheQueue(event);
  }
}

void FoldPlanning(const v1::Event& event, v1::Planning& planning) {
  planning.set_area(event.area());
  switch (event.payload_case()) {
    case v1::Event::kAgendaPlanned:
      FoldAgenda(event.agenda_planned(), planning);
      break;
    case v1::Event::kMeetingClosed:
      FoldHeld(event, planning);
      break;
    case v1::Event::kMeetingCancelled:
      planning.set_cancelled_running(planning.cancelled_running() + 1);
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
    default:
      break;
  }
  if (LeavesTheQueue(event)) Forget(planning, event.spec());
}

const v1::PlanningMemory& MemoryOf(const v1::Planning& planning, std::string_view spec) {
  for (const v1::PlanningMemory& memory : planning.memories()) {
    if (memory.spec() == spec) return memory;
  }
  return v1::PlanningMemory::default_instance();
}

}  // namespace gavel
