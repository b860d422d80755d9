// Files that were known under another path.
#pragma once

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "clients/cli/repository/source.h"
#include "clients/cli/session.h"
#include "gavel/v1/spec.pb.h"

namespace gavel::cli {

struct RenamedSpec {
  std::string old_path;
  std::string key;
};

// The spec registered for an earlier path of the file, where git sees a rename (at least 70 %
// similar) and the earlier path is gone; nothing where there is none.
absl::StatusOr<std::optional<RenamedSpec>> FindRenamed(Session& session, const Source& source);

// Whether the file can be a revision of `spec`, which has another path. Errors: FAILED_PRECONDITION
// where the file at that path is still there, so that the two are two specs.
absl::Status CheckRenamed(const Source& source, const v1::Spec& spec);

}  // namespace gavel::cli
