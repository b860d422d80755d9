// How the rules do: what ListRuleHealth shows.
#pragma once

#include <vector>

#include "absl/status/statusor.h"
#include "engine/app/command/workflow.h"
#include "gavel/v1/audit.pb.h"
#include "gavel/v1/rules_service.pb.h"

namespace gavel::app {

// One entry per rule of the policy in force, by id, and the decisions of the breaker's window.
// O(specs + events of specs that changed in the window).
absl::StatusOr<v1::ListRuleHealthResponse> HealthOfRules(const Workflow& workflow);

}  // namespace gavel::app
