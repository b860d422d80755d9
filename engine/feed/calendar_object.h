// An iCalendar object (RFC 5545) that calendars subscribe to: one entry per occurrence, never a
// recurrence rule, because agenda, cancelling and moving are per occurrence.
#pragma once

#include <string>
#include <vector>

#include "absl/time/time.h"

namespace gavel::feed {

enum class EntryStatus {
  kTentative,  // Its agenda is not out: it may still be cancelled for want of one.
  kConfirmed,
  kCancelled,  // Stays in the feed, so that calendars strike it out.
};

struct CalendarEntry {
  std::string uid;           // The same for ever: `2026-12-10-media@acme.gavel`.
  int sequence = 0;          // One more on each change of time or status; never goes back.
  absl::Time last_modified;  // To the second.
  absl::Time start;
  absl::Time end;       // After `start`.
  absl::TimeZone zone;  // What `start` and `end` are written in.
  std::string summary;
  std::string description;  // May have several lines.
  std::string category;     // Empty for none.
  EntryStatus status = EntryStatus::kConfirmed;
  bool is_deadline = false;  // Takes nobody's time: shown, but not as busy.
};

struct CalendarObject {
  std::string name;  // What calendars call it: "Media spec reviews".
  std::vector<CalendarEntry> entries;
};

// The object as text: METHOD:PUBLISH, CRLF lines folded at 75 octets between characters, a
// `VTIMEZONE` for each zone, times of change in UTC. Control characters in texts become spaces.
// The same object gives the same bytes. O(entries).
std::string RenderCalendar(const CalendarObject& object);

}  // namespace gavel::feed
