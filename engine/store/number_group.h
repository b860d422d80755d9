// The one place that numbers a group: every back end calls it before writing.
#pragma once

#include <cstdint>
#include <string_view>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "engine/store/rows.h"

namespace gavel::store {

// `subject_version` of a subject's newest committed event; 0 when it has none.
using LastVersion = absl::FunctionRef<absl::StatusOr<int64_t>(std::string_view subject)>;

// Fills what the store sets (`seq`, `command_seq`, `time_us`, `row_hash`) in a group that continues
// the log at `before`, and returns the head after it.
//
// Errors: INTERNAL where the caller broke the contract of store.h: a wrong `first_seq`, a time or a
// subject version that does not increase, over 256 events in a command, an entity without
// `create_seq`, a body whose hash is not its own. Those of `last_version`, untouched.
absl::StatusOr<Head> NumberGroup(const Head& before, LastVersion last_version, Group& group);

}  // namespace gavel::store
