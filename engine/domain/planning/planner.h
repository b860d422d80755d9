// The planner: which specs a meeting takes, and for every other one, why not. Pure: the same input
// gives the same plan on every machine.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "engine/domain/planning/calendar.h"
#include "engine/domain/planning/capacity.h"
#include "engine/domain/planning/eligibility.h"
#include "engine/domain/planning/order.h"
#include "engine/domain/planning/queue_item.h"

namespace gavel {

struct PlanInput {
  MeetingTerms meeting;
  std::vector<QueueItem> queue;   // In any order; unique keys.
  std::vector<QueueItem> pinned = {};  // Already on this agenda, with their places; they stay.
  std::string reservation;        // Key reserved by the last held plan, or empty.
  absl::Time now;
};

struct Pick {
  std::string key;
  OrderClass order_class;
  Placement placement;
  int position = 0;    // From 1 in the order of this plan.
  std::string reason = {};  // Why it stands there: "carried over from the last meeting".
  std::vector<std::string> joint_areas = {};  // Areas that share the place with the meeting's.
};

// Passed over, at fault, or neither: the session is dedicated to others, which counts nowhere.
struct NotPicked {
  std::string key;
  bool passed_over = false;    // Eligible: counts towards aged and overdue if the meeting is held.
  std::optional<Fault> fault;  // Why it was not eligible.
  std::string reason;          // "revision is 1 day old", "all 3 places were taken".
  int position = 0;            // From 1 in the order of this plan; 0 when it was not eligible.
};

struct AgendaPlan {
  std::vector<Pick> picks;              // Best first; without the pinned specs.
  std::optional<std::string> stand_by;  // Goes into the packet and takes the place of a no-go.
  // The first that did not fit, or empty. A dedicated session keeps the one it found.
  std::string reservation;
  std::vector<NotPicked> not_picked;  // The rest of the queue, the stand-by included; by key.

  // Specs that this meeting passes over for the third time: the system proposes an extra session.
  std::vector<std::string> extra_session;
  // Specs that no meeting of this series can hold: longer than an empty agenda, or continued once.
  std::vector<std::string> own_session;

  int ordered = 0;            // Eligible specs of the queue: positions go up to here.
  int agenda_minutes = 0;     // Pinned specs and picks.
  int requested_minutes = 0;  // Timeboxes of everything eligible or pinned.
  int usable_minutes = 0;
  int words = 0;  // Of the packet, the stand-by included.
};

// Fills the agenda greedily in the order of order.h. O(n log n).
AgendaPlan PlanMeeting(const PlanInput& input, const BusinessCalendar& calendar);

}  // namespace gavel
