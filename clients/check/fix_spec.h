// Mending a spec by what can be mended safely.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "clients/check/check_spec.h"

namespace gavel::check {

struct MadeFix {
  v1::Finding finding;  // With its place before the fix, and after those of earlier rounds.
  std::string title;    // What was done: `Change to k8s/standard`.
};

struct FixedSpec {
  std::string content;         // The bytes given where nothing was done.
  std::vector<MadeFix> fixes;  // In the order made.
};

// Makes the safe fixes of every finding, again and again until none is left (a fix can uncover
// another). Pure, but for `exists` of the options. O(bytes) a round, of which there are few.
//
// Errors: those of CheckSpec; INTERNAL for a fix that would change what the spec says, which is
// then not made.
absl::StatusOr<FixedSpec> FixSpec(std::string_view content, const CheckOptions& options);

}  // namespace gavel::check
