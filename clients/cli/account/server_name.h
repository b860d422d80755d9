// How a server is named: `HOST:PORT`, `https://HOST[:PORT]` or `unix:PATH`.
#pragma once

#include <string>

#include "absl/status/status.h"

namespace gavel::cli {

// Errors: INVALID_ARGUMENT that names the forms there are.
absl::Status CheckServerName(const std::string& server);

}  // namespace gavel::cli
