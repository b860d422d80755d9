// Which spec files a command without PATH is about.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "clients/cli/settings/config.h"

namespace gavel::cli {

struct SpecFile {
  std::string path;     // Relative to the working directory.
  std::string content;  // Of the working copy, or of the index.
};

// Every spec file that differs from the base (`base` of .gavel.yaml, else where the branch left the
// default branch of its remote), new ones included; all of them where there is no base.
//
// Errors: INVALID_ARGUMENT outside a repository.
absl::StatusOr<std::vector<SpecFile>> ChangedSpecs(const Config& config);

// The specs among `paths` (files and folders) as the index holds them, whether or not they differ
// from HEAD; what is no spec there is left out. Without `paths`, those that differ.
//
// Errors: INVALID_ARGUMENT outside a repository, and for a path that the index does not have.
absl::StatusOr<std::vector<SpecFile>> StagedSpecs(const Config& config,
                                                  const std::vector<std::string>& paths);

}  // namespace gavel::cli
