// The versions of the policy, as the log tells them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/store/view.h"
#include "gavel/v1/event.pb.h"
#include "gavel/v1/policy.pb.h"

namespace gavel::app {

struct StoredVersion {
  int64_t seq = 0;  // Of the event that brought it into force.
  v1::PolicyVersion version;
};

// Every version that was ever in force, newest first. O(versions).
absl::StatusOr<std::vector<StoredVersion>> ReadVersions(const store::View& view);

// The newest version with that source; NOT_FOUND `POLICY_NOT_FOUND` where none was ever in force.
absl::StatusOr<StoredVersion> FindVersion(const store::View& view, const std::string& source_hash);

absl::Status PolicyNotFound(const std::string& source_hash);

}  // namespace gavel::app
