// Every night the stored verdicts are made again: engine drift that no unit test catches is seen
// within a day (rules.md 3.13).
#pragma once

#include <cstdint>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/app/command/workflow.h"
#include "engine/app/environment.h"

namespace gavel::app {

// The timer of the subject `policy`.
inline constexpr std::string_view kReplayTimer = "verdicts.replay";

// How far back verdicts are made again.
inline constexpr absl::Duration kReplayMemory = absl::Hours(24 * 400);

// Sets the timer to the next 03:00 UTC. Idempotent.
absl::Status PlanReplay(Workflow& workflow);

struct ReplayCount {
  int64_t replayed = 0;
  int64_t different = 0;  // Each is in the log of the service, with what differs.
};

// Makes every verdict of the last 400 days again. Reads the whole log of that time, a page at a
// time; about a millisecond a verdict. Not for the committer's thread.
absl::StatusOr<ReplayCount> ReplayStored(const Environment& environment);

}  // namespace gavel::app
