// What may come next on a command line, from the command table. Shells ask by `gavel __complete`.
#pragma once

#include <functional>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "clients/cli/command.h"
#include "clients/cli/words/value_kind.h"

namespace gavel::cli {

struct Candidate {
  std::string value;
  std::string description;  // One line; may be empty.
};

// What the shell is to offer of its own besides the candidates.
enum class ShellFiles { kNone, kFiles, kFolders, kSpecs };

struct Completions {
  // Each replaces the whole word before the cursor: `--wait=approved` for `--wait=ap`.
  std::vector<Candidate> candidates;
  ShellFiles files = ShellFiles::kNone;
};

// The positionals of the line so far, by name.
using TypedValues = std::map<std::string, std::string>;

// Values that the table cannot know; asks whom it needs to ask. Empty where nothing is known.
using ListValues = std::function<std::vector<Candidate>(ValueKind kind, const TypedValues& typed)>;

// `words` without the program's name; the last is the one before the cursor, perhaps empty. Pure
// but for `list_values`, which is called at most once per kind of value that may stand there.
// Candidates begin with that word, case ignored. A flag that may stand once is not offered again.
Completions Complete(std::span<const Command> commands, const std::vector<std::string>& words,
                     const ListValues& list_values);

}  // namespace gavel::cli
