// What the planner remembers between meetings is the fold of an area's meetings and slots.
#pragma once

#include "gavel/v1/event.pb.h"
#include "gavel/v1/meeting.pb.h"

namespace gavel {

// True where the event changes the planning memory of its area.
bool ConcernsPlanning(const v1::Event& event);

// Applies one event. Total; see FoldSpec.
void FoldPlanning(const v1::Event& event, v1::Planning& planning);

// The memory of a spec; the default instance when there is none.
const v1::PlanningMemory& MemoryOf(const v1::Planning& planning, std::string_view spec);

}  // namespace gavel
