// Other programs, started without a shell.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace gavel::cli {

struct ProcessResult {
  int exit_code = 0;  // 128 + signal where a signal ended it.
  std::string out;
  std::string err;
};

struct ProcessOptions {
  std::vector<std::string> arguments;            // The program first; found on PATH.
  std::map<std::string, std::string> variables;  // Added to the environment, or replacing it there.
  std::set<std::string> dropped = {};            // Variables that the program does not get.
  std::string folder = {};                       // To run in; empty for this one.
};

// Runs the program to its end with nothing on stdin. Blocks.
//
// Errors: INVALID_ARGUMENT where it cannot be started.
absl::StatusOr<ProcessResult> RunProcess(const ProcessOptions& options);

}  // namespace gavel::cli
