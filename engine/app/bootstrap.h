// Brings the service up on its store: the policy in force, and the meeting series' horizon.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "engine/app/environment.h"
#include "gavel/v1/policy.pb.h"

namespace gavel::app {

// Loads the live policy from the store into `environment.policy`. An empty store first publishes
// the files of `policy_dir`. Plans meetings eight weeks ahead and sets the timers that keep doing
// so.
//
// Errors: INVALID_ARGUMENT `POLICY_INVALID` with one violation per problem (file, line, fix).
absl::Status Bootstrap(Environment& environment, const std::string& policy_dir);

// The same with the first policy's files in hand.
absl::Status Bootstrap(Environment& environment, const v1::PolicySource& first);

}  // namespace gavel::app
