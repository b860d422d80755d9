// When a queued spec can expect the room: what its author is shown.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/domain/planning/calendar.h"
#include "engine/domain/planning/capacity.h"
#include "engine/domain/planning/planner.h"

namespace gavel {

// Held meetings from now, counted from 1, the next one. earliest <= expected <= latest where set.
struct Forecast {
  std::optional<int> earliest;  // The first it is eligible for; empty: none in sight.
  std::optional<int> expected;  // If nothing else arrives and everybody comes.
  // The starvation bound, which may lie beyond the meetings given. Empty: it has been on an agenda
  // before, which ends the promise, or no meeting in sight may take it.
  std::optional<int> latest;
  int ahead = 0;    // Specs queued before it and never on an agenda: b of the bound.
  std::string why;  // A clause: "4th of 12 in order; 3 specs are expected before it".
};

// A meeting after the next one, with what facilitators pinned to it already.
struct LaterMeeting {
  MeetingTerms terms;
  std::vector<QueueItem> pinned;
};

// By key, for every spec of `next.queue`. Plays the planner over `next` and then `later` (oldest
// first), reservations and all, without arrivals or cancellations; absences after the next meeting
// are not known and count as present, and a carry-over and an urgent grant hold for one meeting.
// Waits stay those of `next.now`: time adds the same to everybody. O(meetings * n log n).
std::map<std::string, Forecast> ForecastQueue(const PlanInput& next,
                                              std::span<const LaterMeeting> later,
                                              const BusinessCalendar& calendar);

}  // namespace gavel
