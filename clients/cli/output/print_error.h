// Errors as people and scripts read them, on stderr.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "clients/cli/output/output.h"

namespace gavel::cli {

// What is wrong and what to do, one JSON object under --json. `about` (a file, say) stands in front
// where it is not empty and the message does not name it.
void PrintError(Output& output, const absl::Status& status, const std::string& about = "");

}  // namespace gavel::cli
