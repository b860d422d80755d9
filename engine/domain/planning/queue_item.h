// One queued spec, as the planner sees it. The application fills it from the spec and its record
// for one meeting; availability is that of the meeting's time, delegates included.
#pragma once

#include <optional>
#include <string>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"

namespace gavel {

struct QueueItem {
  std::string key;          // `MEDIA-42`, unique in one queue.
  absl::Time queued_since;  // Kept through releases: a released spec keeps its queue age.

  // Weight.
  int words = 0;  // Of the current revision's body.
  int open_decisions = 0;
  int open_blocks = 0;
  int gates_involved = 1;
  std::string cluster;  // Specs with the same non-empty cluster may share a slot.

  // Every gate is satisfied, its one open decision has a recommendation, and it was not stopped
  // on a consent list before.
  bool consent_ready = false;

  // Eligibility.
  absl::Time major_revision_time;  // Of the current major revision.
  std::optional<absl::CivilDay> not_before;
  bool presenter_available = true;
  int reviewers_required = 0;
  int reviewers_available = 0;    // Of the required ones, 0 to `reviewers_required`.
  bool own_session_only = false;  // `continue` was used once: it no longer takes weekly slots.

  // Order.
  int passed_over = 0;      // Held occurrences at which it was eligible and not picked.
  int times_on_agenda = 0;  // Slots ever given, released ones too.
  bool carried_over = false;  // From the last meeting; a spec is carried over once.
  bool urgent = false;        // Granted by the sponsor, who keeps to one per team and quarter.
  int dependents = 0;         // Open specs that wait for this one.
  int releases_not_authors_fault = 0;
  int team_items_last_four = 0;  // Specs of its authors' team on the last four agendas.
};

}  // namespace gavel
