// Stored verdicts, and making them again (rules.md 3.13, edge row 57).
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/app/command/workflow.h"
#include "engine/app/environment.h"
#include "gavel/v1/event.pb.h"
#include "gavel/v1/rules_service.pb.h"

namespace gavel::app {

// The newest verdict on a revision of `spec`; 0 means the current one. O(verdicts on the spec).
//
// Errors: NOT_FOUND `REVISION_NOT_FOUND`.
absl::StatusOr<v1::RulesEvaluated> FindVerdict(const Transaction& transaction, const v1::Spec& spec,
                                               int revision);

// What this engine says of what `evaluated` pins, and where it differs from what is stored. Which
// engine it was is not compared: another one must say the same.
//
// Errors: FAILED_PRECONDITION `GUARD_FAILED` for a verdict stored without its record; DATA_LOSS.
absl::StatusOr<v1::ReplayVerdictResponse> Replay(PolicyHolder& policies,
                                                 const Transaction& transaction,
                                                 const v1::RulesEvaluated& evaluated);

}  // namespace gavel::app
