// Files about the infrastructure behind a spec, for the detectors and the envelope check.
#pragma once

#include <vector>

#include "absl/status/statusor.h"
#include "clients/cli/session.h"
#include "gavel/v1/facts.pb.h"

namespace gavel::cli {

// `--plan`, `--score`, `--catalog-info` and `--evidence [KIND=]FILE`, each of which may be
// repeated.
std::vector<Flag> EvidenceFlags();

// The files that those flags name, read, in the order of the flags.
//
// Errors: INVALID_ARGUMENT for a file that cannot be read or whose kind nothing tells, and for more
// than 8 files or 3 MiB in all.
absl::StatusOr<std::vector<v1::Evidence>> ReadEvidence(Session& session);

}  // namespace gavel::cli
