// One queued spec, as the planner sees it. The application fills it from the spec and its record
// for one meeting; availability is that of the meeting's time, delegates included.
#pragma once

#include <optional>
#include <string>
#include <vector>

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
  // Why it belongs together with others, "same system: uploads" (cluster.h). Specs with the same
  // non-empty text may share a place.
  std::string cluster;

  // Every gate is satisfied and its one open decision has a recommendation.
  bool consent_ready = false;
  bool stopped_quick = false;  // Drew a concern on a consent list: standard from then on.

  // Consulted areas that need the room as well: the place it gets is a joint one. Each is one of
  // `gates_involved`, so it costs no further minutes.
  std::vector<std::string> joint_areas;

  // Eligibility.
  absl::Time major_revision_time;  // Of the current major revision.
  std::optional<absl::CivilDay> not_before;
  bool presenter_available = true;
  int reviewers_required = 0;
  int reviewers_available = 0;    // Of the required ones, 0 to `reviewers_required`.
  bool own_session_only = false;  // Continued once: only a session dedicated to it will do.

  // Order.
  int passed_over = 0;        // Held occurrences at which it was eligible and not picked.
  int times_on_agenda = 0;    // Places ever given, released ones too.
  bool carried_over = false;  // From the last meeting; a spec is carried over once.
  bool urgent = false;        // Granted by the sponsor, who keeps to one per team and quarter.
  int dependents = 0;         // Open specs that wait for this one.
  int releases_not_authors_fault = 0;
  int team_items_last_four = 0;  // Specs of its authors' team on the last four agendas.

  // Only of a spec that is on the agenda already (`PlanInput::pinned`).
  int place = 0;             // Its place, from 1; 0: it takes the next free one.
  bool on_consent_list = false;
};

}  // namespace gavel
