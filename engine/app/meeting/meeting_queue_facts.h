// What the specs and meetings around a queued spec say about it. Pure.
#pragma once

#include <map>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "engine/domain/organisation.h"
#include "gavel/v1/meeting.pb.h"
#include "gavel/v1/spec.pb.h"

namespace gavel::app {

// How many of the `open` specs amend, supersede or name each key, each of them counted once and
// none for itself.
std::map<std::string, int> DependentsOf(std::span<const v1::Spec> open);

// Consulted areas that need the room as well: their gate is not satisfied, and one of their people
// has a block open or wants to discuss the current major revision. Sorted.
std::vector<std::string> JointAreasOf(const Organisation& organisation, const v1::Spec& spec,
                                      absl::Time now);

// What stood on an agenda that was called off because nobody could run the meeting, as long as none
// was held since: it comes first, as if the meeting had run out of time. `meetings` by start.
std::set<std::string> CarriedByQuorum(std::span<const v1::Meeting> meetings);

// True where the spec used its `continue` and the place at the meeting after it: from then on it
// takes only a session of its own.
bool NeedsOwnSession(const v1::Spec& spec, const v1::PlanningMemory& memory);

}  // namespace gavel::app
