// The spec file a command means when it names none.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "clients/cli/session.h"

namespace gavel::cli {

// The positional `name`, else the one spec that changed against the base.
//
// Errors: INVALID_ARGUMENT where none or several changed.
absl::StatusOr<std::string> OnlySpecPath(Session& session, const std::string& name);

}  // namespace gavel::cli
