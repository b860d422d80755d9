// The real `git`, run so that an untrusted checkout cannot make it run anything else.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "clients/cli/process.h"

namespace gavel::cli {

class Git {
 public:
  // Runs every command in `folder`.
  explicit Git(std::string folder) : folder_(std::move(folder)) {}

  // The result whatever the exit code. Errors: INVALID_ARGUMENT where git cannot be started.
  absl::StatusOr<ProcessResult> Run(const std::vector<std::string>& arguments) const;

  // Output without its last newline, or `missing` where git says no.
  absl::StatusOr<std::string> Line(const std::vector<std::string>& arguments,
                                   const std::string& missing = "") const;

  // Output split at NUL bytes; empty where git says no.
  absl::StatusOr<std::vector<std::string>> Records(const std::vector<std::string>& arguments) const;

 private:
  const std::string folder_;
};

}  // namespace gavel::cli
