// A review history as JSON Lines: what happened to specs elsewhere, one event a line, by time.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace gavel::simulation {

enum class EventKind {
  kSubmitted,
  kReviewStarted,
  kReviewEnded,
  kDecided,
  kWithdrawn,
  kSuperseded,
};

enum class Verdict {
  kNone,  // No decision, or none that the history knows of.
  kAccepted,
  kAcceptedWithChanges,
  kAcceptedProvisionally,
  kRejected,
  kReturnedForRevision,
  kDeferred,
};

struct HistoryEvent {
  int line = 0;  // From 1.
  absl::Time at;
  EventKind kind = EventKind::kSubmitted;
  std::string spec;  // Its key in the history.
  std::string title;
  Verdict verdict = Verdict::kNone;  // Of kDecided.
};

struct History {
  std::string name;  // Of its file, for messages.
  std::vector<HistoryEvent> events;
};

// Reads a history. Keys that no simulation needs are passed over, so are empty lines and
// `stage_changed` events, which happen after a decision.
//
// Errors: INVALID_ARGUMENT `FIELD_INVALID` that names the first wrong line, its field and the fix:
// no JSON object; `at` that is no RFC 3339 time or lies before the line above; an unknown `event`
// or `decision`; no `spec`; a spec whose first event is not `submitted`; no event at all.
absl::StatusOr<History> ReadHistory(std::string_view name, std::string_view text);

}  // namespace gavel::simulation
