// The policies of a back-test, each over the days on which its catalog was in force.
#pragma once

#include <vector>

#include "absl/status/statusor.h"
#include "engine/app/command/workflow.h"
#include "engine/app/policy/policy_versions.h"
#include "rules/backtest/timeline.h"

namespace gavel::app {

// The rules and the organisation of `policy` with the catalog of each day, as the policies that
// were ever in force tell it: so a past review is judged by the tiers and prices of its day. The
// newest era is `policy` itself, from the day of the policy in force on. An older catalog that the
// rules do not fit (they name a tier or set that it lacks) gives way to the next one they fit.
//
// A candidate whose catalog is not the one in force is judged by its own on every day: the catalog
// is what it changes.
absl::StatusOr<rules::Timeline> TimelineOf(const Workflow& workflow, const LivePolicy& policy);

// One catalog for every day.
rules::Timeline TimelineOfToday(const LivePolicy& policy);

}  // namespace gavel::app
