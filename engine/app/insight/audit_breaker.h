// The breaker of auto rules inside a command: which ones are open, and whether one has to open now.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/app/command/transaction.h"
#include "engine/app/command/workflow.h"
#include "engine/app/environment.h"

namespace gavel::app {

// Auto rules of the policy that approve nothing until a person closes their breaker. Sorted.
// O(auto rules).
absl::StatusOr<std::vector<std::string>> OpenBreakers(const Transaction& transaction,
                                                      const LivePolicy& policy);

// Opens the breaker of `rule` where its newest approval or audit asks for it: in the same
// transaction, so that the very next evaluation sees it. O(reviews that ended in the window).
absl::Status CheckBreaker(Workflow& workflow, const std::string& rule);

}  // namespace gavel::app
