// N001: a change that approves specs which were not approved before needs two people and a
// back-test of exactly these files (rules.md 3.7, 3.11).
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/app/command/workflow.h"
#include "gavel/v1/analysis.pb.h"

namespace gavel::app {

// Everybody who approved `source_hash` against the policy in force and still may, in order.
absl::StatusOr<std::vector<std::string>> ApproversOf(const Workflow& workflow,
                                                     const std::string& source_hash);

// Whether the candidate may come into force over the policy of `workflow`. `diff` is between the
// two; `backtest` names a report, and may be empty.
//
// Errors: FAILED_PRECONDITION `APPROVAL_NEEDED` with everything that is missing and an example of
// what would newly be approved; metadata `needs` (`approvals`, `outsider`, `backtest`, `history`,
// joined by commas), `source_hash`, `approvers`, `owners`.
absl::Status CheckGate(const Workflow& workflow, const LivePolicy& candidate,
                       const v1::PolicyDiff& diff, const std::string& backtest);

}  // namespace gavel::app
