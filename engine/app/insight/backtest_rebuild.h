// Review cases of a database that was written before there were any.
#pragma once

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/app/command/workflow.h"
#include "engine/app/environment.h"
#include "gavel/v1/backtest.pb.h"

namespace gavel::app {

// The review case of a spec, folded from its events; an empty one where it was never submitted.
// Equal to what KeepReviewCase has kept. O(events of the spec).
absl::StatusOr<v1::ReviewCase> RebuildReviewCase(const Workflow& workflow, const std::string& key);

// Fills the table where specs were submitted and no case is stored, in one transaction: either all
// of them are there or none. A look-up otherwise. Call at the start, once a policy is in force.
absl::Status FillReviewCases(Environment& environment);

}  // namespace gavel::app
