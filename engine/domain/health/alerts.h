// What people are told of the review itself without having asked.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "gavel/v1/backtest.pb.h"
#include "gavel/v1/meeting.pb.h"

namespace gavel::health {

inline constexpr char kCancelledRunningAlert[] = "cancelled-running";
inline constexpr char kBacklogAlert[] = "backlog";
// From this many cancellations in a row on.
inline constexpr int kCancelledRunningLeast = 4;
// Weekly cut-offs running at which the queue waits too long.
inline constexpr int kBacklogWeeks = 4;

// A spec that was queued at a cut-off, and the meetings it had then waited for, the one being
// planned included.
struct QueuedWait {
  std::string spec;
  int occurrences = 0;
};
using QueueAtCutOff = std::vector<QueuedWait>;

// Median of the waits, by nearest rank; 0 for an empty queue.
int MedianWait(const QueueAtCutOff& queue);

// True where at each of the newest `kBacklogWeeks` cut-offs the median wait was above two
// occurrences. False with fewer cut-offs.
bool IsBacklog(std::span<const QueueAtCutOff> newest_first);

// What the proposals of a backlog are made of.
struct BacklogFacts {
  std::string area_name;
  std::vector<QueueAtCutOff> newest_first;  // At least kBacklogWeeks.
  // The condition behind most of the queue, where there is one, and the specs it was counted over.
  std::optional<v1::NearMiss> near_miss = {};
  int queued = 0;
  int length_min = 60;  // Of a usual meeting.
  // What most of the queue has in common, `system uploads`, and how many specs; may be empty.
  std::string common = {};
  int in_common = 0;
};

// `cancelled` is how many meetings in a row were cancelled; at least kCancelledRunningLeast.
v1::HealthAlert CancelledRunning(const std::string& area_name, int cancelled, absl::Time now);

// Proposals in this order: a rule, one longer week, a split by area. Never a longer meeting for
// good: what fills it once fills it always.
v1::HealthAlert Backlog(const BacklogFacts& facts, absl::Time now);

}  // namespace gavel::health
