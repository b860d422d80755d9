// The real `git`, run so that an untrusted checkout cannot make it run anything else.
//
// What a checkout's configuration could start, and why it cannot:
//
//   core.fsmonitor, hooks, log.showSignature, core.pager   set on the command line, which wins
//   filter.*.clean, smudge and process                      each one found is set to nothing
//   diff.external, textconv                                 no patch is ever asked for
//   ext::, core.sshCommand, credential helpers, a partial
//   clone's missing objects                                 no transport is allowed
//   a bare repository inside the checkout                   safe.bareRepository=explicit
//   another repository, by the environment                  GIT_DIR and its like are dropped
#pragma once

#include <optional>
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
  absl::StatusOr<ProcessResult> RunWith(const std::vector<std::string>& arguments,
                                        const std::vector<std::string>& emptied) const;

  const std::string folder_;
  // Settings of the repository that would start a filter. Read at the first command.
  mutable std::optional<std::vector<std::string>> filters_;
};

}  // namespace gavel::cli
