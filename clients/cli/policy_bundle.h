// The policy that `gavel check` evaluates with.
#pragma once

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "clients/cli/session.h"
#include "rules/policy.h"

namespace gavel::cli {

struct PolicyBundle {
  std::shared_ptr<const rules::Policy> policy;
  std::string label;  // `gavel-default@4f2c (fetched 2 h ago)`.
};

// --rules DIR; else the bundle last fetched from the server, fetched now with --online or where
// there is none yet. `today` is the day that a policy of --rules counts from.
//
// Errors: INVALID_ARGUMENT for a folder or policy that does not compile, with one line per problem;
// those of GetPolicy.
absl::StatusOr<PolicyBundle> LoadPolicy(Session& session, const v1::Date& today);

}  // namespace gavel::cli
