// From policy files to a compiled policy. The only place of the rules that reads files.
#pragma once

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "gavel/v1/date.pb.h"
#include "gavel/v1/policy.pb.h"
#include "rules/policy.h"

namespace gavel::rules {

// Compiles the files of one policy. `published` is the day that `Nm` dates count from. Pure.
//
// Errors: INVALID_ARGUMENT `POLICY_INVALID`, one violation per problem: `field` is `FILE:LINE:COL`,
// `description` names the value, the fix and the nearest name, `reason` is a code (`GV5xx`,
// `R0xx`).
absl::StatusOr<std::shared_ptr<const Policy>> CompilePolicy(const v1::PolicySource& source,
                                                            const v1::Date& published);

// Reads `org.yaml`, `catalog.yaml`, `rules.yaml`, `rules.test.yaml` (where present) and
// `holidays/*.ics` below `folder`. Blocks on the file system.
//
// Errors: NOT_FOUND for a missing folder or file; INVALID_ARGUMENT `POLICY_INVALID` for a file over
// its limit or one that is not a regular file.
absl::StatusOr<v1::PolicySource> LoadPolicySource(const std::string& folder);

}  // namespace gavel::rules
