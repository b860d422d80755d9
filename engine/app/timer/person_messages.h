// Tells people what waits for them: one timer per person, set early enough by whatever changes an
// attention set, and derived anew from all that waits for them when it fires.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "engine/app/command/workflow.h"

namespace gavel::app {

inline constexpr std::string_view kPersonMessageTimer = "person.message";

// Sees that everybody whom the attention set of a spec means is told in time: their timers come
// early enough for it. A timer that is earlier already stays; firing finds out. O(people meant).
absl::Status WakeForSpec(Workflow& workflow, const Situation& situation);

// Sets the timer of `person` to what waits for them now, or cancels it. O(specs that wait for
// somebody).
absl::Status WakeForPerson(Workflow& workflow, const std::string& person);

// The timer that was due at `due` has fired: appends PersonNotified where something is to be said
// now, and sets the timer anew. While the service catches up after downtime people wait for
// everything else that is due, so that they hear of the present state. O(specs that wait for
// somebody).
absl::Status TellPerson(Workflow& workflow, const std::string& person, absl::Time due);

}  // namespace gavel::app
