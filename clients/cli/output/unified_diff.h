// Two versions of a text, as a patch.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace gavel::cli {

// A unified diff from `before` to `after` that `git apply` and `patch -p1` take in the folder that
// `path` is relative to; empty where both are the same. Made by git.
//
// Errors: INVALID_ARGUMENT where git or the temporary folder cannot be used.
absl::StatusOr<std::string> UnifiedDiff(const std::string& path, std::string_view before,
                                        std::string_view after);

}  // namespace gavel::cli
