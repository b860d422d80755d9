// The specs that `gavel check` is about: files, folders and stdin by name, or what git has.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "clients/cli/repository/changed_specs.h"
#include "clients/cli/session.h"

namespace gavel::cli {

// The word for stdin among PATHs.
inline constexpr char kStdin[] = "-";

// What the PATHs of the command name, in their order and each file once: a file; every spec below a
// folder, sorted, without what begins with a dot and without following symbolic links; `-` for
// stdin, shown as --stdin-path. Without a PATH every changed spec. With --staged the index instead
// of the working copy, and only what is a spec there.
//
// A file of more than kMostSpecBytes is cut there: it is over the limit of a spec anyway, and the
// checker says so.
//
// Errors: INVALID_ARGUMENT for a path that is not there or cannot be read, and for a question to
// git outside a repository.
absl::StatusOr<std::vector<SpecFile>> FindSpecFiles(Session& session);

// More than any spec has (1 MiB of text, 64 KiB of front matter).
inline constexpr size_t kMostSpecBytes = 2 * 1024 * 1024;

}  // namespace gavel::cli
