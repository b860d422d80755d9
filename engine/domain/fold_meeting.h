// A meeting is the fold of its own events and of the spec events that name it.
#pragma once

#include <string_view>

#include "gavel/v1/event.pb.h"
#include "gavel/v1/meeting.pb.h"

namespace gavel {

// The reason of a release that stops a consent item; see FoldPlanning.
inline constexpr std::string_view kQuickStopped = "it drew a concern on the consent list";

// True where the event changes the meeting that it names in `event.meeting`.
bool ConcernsMeeting(const v1::Event& event);

// Applies one event. Total; see FoldSpec.
void FoldMeeting(const v1::Event& event, v1::Meeting& meeting);

// The slot of a spec that is still on the agenda or has an outcome; null when there is none.
const v1::Slot* FindSlot(const v1::Meeting& meeting, std::string_view spec);

// Whether the spec ever stood on the agenda, taken off since or not.
bool HadSlot(const v1::Meeting& meeting, std::string_view spec);

}  // namespace gavel
