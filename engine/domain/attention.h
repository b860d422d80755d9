// Who has to do something about a spec, why, and since when: its attention set. "My turn", the
// inbox and every message to a person come from here, so they cannot disagree.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "engine/domain/situation.h"
#include "gavel/v1/event.pb.h"
#include "gavel/v1/spec.pb.h"

namespace gavel {

// What an entry asks for; its reason is that as a clause.
enum class Task {
  kSubmit,         // A draft: submit it.
  kTakePosition,   // A required reviewer without a fresh position.
  kResolveBlock,   // Whoever may clear an answered block.
  kPressForLate,   // Brought in when a position was late: delegates and gate owners.
  kSeeWindowEnd,   // The facilitator, once the window has closed.
  kRevise,         // The author has to answer or revise.
  kFindSlot,       // The facilitator of a queued spec.
  kPresent,        // The presenter of a scheduled one.
  kRecordOutcome,  // The facilitator in the room.
  kMeetCondition,  // Owners of open conditions.
  kAwait,          // Who looks after a parked spec.
};

// Moves the set of `spec` on by `event`, which is folded into the rest of it already. An entry that
// asks the same of the same person keeps its `since_time` for as long as the spec has not been
// elsewhere meanwhile. Total, and without any organisation, so that it is the same for ever: roles
// stay roles, and people who have left stay. `before` is the state before the event.
void FoldAttention(const v1::Event& event, v1::Spec::State before, v1::Spec& spec);

// What an entry of `spec` asks for.
Task TaskOf(const v1::Spec& spec, const v1::Attention& entry);

// Whom an entry means today: the holders of a role, the person, or whoever took over from somebody
// who has left or may no longer act. Sorted; never a bot; empty only where the area has neither
// facilitator nor sponsor left.
std::vector<std::string> PeopleBehind(const Situation& situation, const v1::Attention& entry);

// By when `person` has to act on an entry, their absences counted; the infinite future where there
// is no deadline. It may have passed.
absl::Time DueOf(const Situation& situation, const v1::Attention& entry, std::string_view person);

}  // namespace gavel
