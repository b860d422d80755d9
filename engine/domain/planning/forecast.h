// When a queued spec can expect the room: what its author is shown.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>

#include "engine/domain/planning/calendar.h"
#include "engine/domain/planning/capacity.h"
#include "engine/domain/planning/planner.h"

namespace gavel {

// Occurrences are counted from 1, the next one.
struct Forecast {
  int earliest = 0;             // The first one its revision's age and `not_before` allow; 0: none seen.
  std::optional<int> expected;  // If nothing else arrives and everybody comes; empty: not in sight.
  int latest = 0;               // The starvation bound, 4 + b held occurrences.
  int ahead = 0;                // b: never on an agenda and queued before it.
};

// By key, for every spec of `queue`. Plays the planner over `occurrences` (oldest first) without
// arrivals; absences beyond the first occurrence are unknown and count as present.
// O(occurrences * n log n).
std::map<std::string, Forecast> ForecastQueue(const PlanInput& next,
                                              std::span<const MeetingTerms> occurrences,
                                              const BusinessCalendar& calendar);

}  // namespace gavel
