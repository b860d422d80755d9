// From a meeting's events, and those of the specs on its agenda, to what health remembers of it.
#pragma once

#include "engine/domain/health/life.h"
#include "engine/domain/health/people.h"
#include "gavel/v1/event.pb.h"

namespace gavel::health {

// Applies one event whose `meeting` is this one. O(items + people of the meeting).
void FoldMeetingLife(const v1::Event& event, People& people, MeetingLife& life);

}  // namespace gavel::health
