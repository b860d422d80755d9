// From words to a command and its arguments.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "clients/cli/command.h"

namespace gavel::cli {

struct CommandLine {
  const Command* command = nullptr;  // Nullptr for `gavel`, `gavel --version`, `gavel meeting`.
  std::string help_topic;            // With `help`: the words given so far, `meeting`.
  bool help = false;                 // `-h` anywhere, or nothing to run.
  bool version = false;
  Arguments arguments;
};

// Flags that every command takes.
std::span<const Flag> GlobalFlags();

// `words` without the program's name.
//
// Errors: INVALID_ARGUMENT that names the wrong or missing word.
absl::StatusOr<CommandLine> ParseCommandLine(std::span<const Command> commands,
                                             std::vector<std::string> words);

}  // namespace gavel::cli
