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

// Held meetings from now, counted from 1, the next one.
struct Forecast {
  std::optional<int> earliest;  // The first it is eligible for; empty: none in sight.
  std::optional<int> expected;  // If nothing else arrives and everybody comes.
  std::optional<int> latest;    // The starvation bound; empty once it has been on an agenda.
  int ahead = 0;                // Specs queued before it and never on an agenda: b of the bound.
};

// By key, for every spec of `next.queue`. Plays the planner over `next` and then `later` (oldest
// first) without arrivals or cancellations; absences after the next meeting are not known and
// count as present. Scores stay those of `next.now`: waiting adds the same to everybody.
// O(meetings * n log n + n^2).
std::map<std::string, Forecast> ForecastQueue(const PlanInput& next,
                                              std::span<const MeetingTerms> later,
                                              const BusinessCalendar& calendar);

}  // namespace gavel
