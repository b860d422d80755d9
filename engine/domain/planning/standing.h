// What a plan means for each queued spec, in words for its author.
#pragma once

#include <map>
#include <string>

#include "engine/domain/planning/planner.h"

namespace gavel {

// By key, for every spec of the queue that `plan` was made from: why it is, or is not, on the
// agenda. Clauses without a full stop:
//   "2nd of 7 in order (carried over from the last meeting)"
//   "4th of 7 in order: all 3 places were taken; it stands by"
//   "not eligible: revision is 1 day old"
std::map<std::string, std::string> StandingsOf(const AgendaPlan& plan);

}  // namespace gavel
