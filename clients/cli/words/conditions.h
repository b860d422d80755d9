// The conditions and dissent of an outcome, from repeated flags.
#pragma once

#include <vector>

#include "absl/status/statusor.h"
#include "clients/cli/command.h"
#include "gavel/v1/spec.pb.h"

namespace gavel::cli {

// The n-th --condition belongs to the n-th --owner and the n-th --due; each needs both. Pure.
//
// Errors: INVALID_ARGUMENT that says what is missing.
absl::StatusOr<std::vector<v1::Condition>> ParseConditions(const Arguments& arguments);

// `fay: the price is a guess` per --dissent. Pure.
absl::StatusOr<std::vector<v1::Dissent>> ParseDissent(const Arguments& arguments);

}  // namespace gavel::cli
