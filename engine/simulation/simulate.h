// Plays a review history through the real lifecycle and planner, with a clock of its own: what the
// weekly meeting would have made of it. docs/simulation.md says how a history is read.
#pragma once

#include <functional>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "engine/simulation/history.h"
#include "engine/simulation/report.h"
#include "engine/simulation/settings.h"

namespace gavel::simulation {

// Called now and then with the simulated time and how many steps of the history are done.
using OnProgress = std::function<void(absl::Time now, size_t done, size_t all)>;

// Deterministic: equal arguments, equal report. Everything happens in memory; no file, no network,
// no wall clock. Without an end of the period it goes on until nobody waits any more. Takes seconds
// for a thousand specs.
//
// Errors: INVALID_ARGUMENT `POLICY_INVALID` for settings that no policy may have, with one
// violation each; `FIELD_INVALID` where the period holds no spec; INTERNAL where the engine refuses
// what it must not (our bug).
absl::StatusOr<Report> Simulate(const History& history, const Settings& settings,
                                const OnProgress& on_progress = {});

}  // namespace gavel::simulation
