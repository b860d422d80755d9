// `gavel check --fix`: what can be mended safely, written back to the files.
#pragma once

#include <functional>
#include <vector>

#include "absl/status/status.h"
#include "clients/check/check_spec.h"
#include "clients/cli/repository/changed_specs.h"
#include "clients/cli/session.h"

namespace gavel::cli {

using OptionsOf = std::function<check::CheckOptions(const SpecFile& file)>;

// Mends `files` and replaces each that changes in one step; `files` then hold what was written.
// With
// --dry-run nothing is written and `files` stay: a patch is printed instead. Says what was done.
//
// Errors: FAILED_PRECONDITION for a working copy that is not what was read (with --staged: not what
// is staged), before anything is written; INVALID_ARGUMENT for a file that cannot be written; those
// of check::FixSpec.
absl::Status MendFiles(Session& session, const OptionsOf& options, std::vector<SpecFile>& files);

}  // namespace gavel::cli
