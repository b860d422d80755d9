// The policy that `gavel check` evaluates with.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "clients/cli/session.h"
#include "rules/policy.h"

namespace gavel::cli {

struct PolicyBundle {
  std::shared_ptr<const rules::Policy> policy;
  std::string label;  // `gavel-default@4f2c (fetched 2 h ago)`.
};

// Where the policy that was fetched last from the server of `config` lies, if it was.
std::string FetchedPolicyPath(const Config& config, const Environment& environment);

// --rules, a folder of policy files or a bundle that was fetched; else the bundle last fetched from
// the server, fetched now with --online or where there is none yet. `today` is the day that a
// policy of --rules counts from.
//
// Errors: INVALID_ARGUMENT for a folder or policy that does not compile, with one line per problem;
// those of GetPolicy.
absl::StatusOr<PolicyBundle> LoadPolicy(Session& session, const v1::Date& today);

// How long ago the bundle of this server was fetched; nothing where none was.
std::optional<absl::Duration> AgeOfBundle(Session& session);

}  // namespace gavel::cli
