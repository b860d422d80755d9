// What a policy that is not in force yet would say of the specs in review.
#pragma once

#include <vector>

#include "absl/status/statusor.h"
#include "engine/app/command/workflow.h"
#include "gavel/v1/rules_service.pb.h"

namespace gavel::app {

// Open specs on which `candidate` is stricter than the verdict they were routed by, by key.
// Nothing is applied: a facilitator may adopt it (`Reevaluate`). Reads every open document.
absl::StatusOr<std::vector<v1::OpenSpecEffect>> EffectOnOpenSpecs(const Workflow& workflow,
                                                                  const LivePolicy& candidate);

}  // namespace gavel::app
