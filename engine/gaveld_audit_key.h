// The secret that draws the audits: whoever knows it can tell beforehand which approvals a person
// will look at.
#pragma once

#include <string>

#include "absl/status/statusor.h"

namespace gavel {

// The secret in the file; where there is none, a new one of 256 bits is written there for this user
// only. Changing it changes which approvals are drawn, also among those of the past.
//
// Errors: INVALID_ARGUMENT `FIELD_INVALID` when the file cannot be read or made, can be read by
// everybody, or holds fewer than 32 bytes.
absl::StatusOr<std::string> ReadOrMakeAuditKey(const std::string& path);

}  // namespace gavel
