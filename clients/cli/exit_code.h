// The exit codes of every command, the same in every output format. They never depend on a flag.
#pragma once

#include "absl/status/status.h"

namespace gavel::cli {

enum class ExitCode : int {
  kDone = 0,           // Done; or the answer asked for is "good".
  kNo = 1,             // The answer is "no": findings, returned to its author, rejected.
  kUsage = 2,          // Usage or configuration; nothing was sent.
  kUnreachable = 3,    // Server unreachable, overloaded or too slow; safe to run again.
  kNotAllowed = 4,     // Sign in, or not allowed.
  kRefused = 5,        // Refused by the state of things.
  kNotFound = 6,       // No such thing.
  kUnreadable = 7,     // The server refused the spec as unreadable; nothing was stored.
  kPending = 8,        // Still pending.
  kBug = 70,           // Our bug.
  kInterrupted = 130,  // Ctrl-C.
};

// OK is kDone. INVALID_ARGUMENT is kUnreadable for `SPEC_INVALID`, else kUsage.
ExitCode ExitCodeOf(const absl::Status& status);

// The code for a run over several files.
ExitCode Worst(ExitCode a, ExitCode b);

}  // namespace gavel::cli
