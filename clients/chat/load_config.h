// `notify.yaml` from its file.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "clients/chat/config.h"

namespace gavel::chat {

// Errors: NOT_FOUND for a file that cannot be read.
absl::StatusOr<std::string> ReadFile(const std::string& path);

// Holiday calendars that the file names are read from its folder.
//
// Errors: NOT_FOUND without the file; those of ParseConfig.
absl::StatusOr<Config> LoadConfig(const std::string& path);

}  // namespace gavel::chat
