// Tokens in files, one per server: for machines without a keyring, where the user insisted.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "clients/cli/settings/environment.h"

namespace gavel::cli {

struct TokenFile {
  std::string server;
  std::string path;
};

// Where the token for `server` lies or would lie: `tokens/` of the state folder. Empty without one.
std::string TokenFilePath(const Environment& environment, const std::string& server);

// Readable by the user alone, replaced in one step.
//
// Errors: INVALID_ARGUMENT that names the path and the reason.
absl::Status WriteTokenFile(const Environment& environment, const std::string& server,
                            const std::string& token);

// Errors: NOT_FOUND; INVALID_ARGUMENT for what cannot be read.
absl::StatusOr<std::string> ReadTokenFile(const Environment& environment,
                                          const std::string& server);

// True where there was one. Errors: INVALID_ARGUMENT where it cannot be removed.
absl::StatusOr<bool> EraseTokenFile(const Environment& environment, const std::string& server);

// By server.
std::vector<TokenFile> ListTokenFiles(const Environment& environment);

// What is wrong with who may read the secret in `path`, and the fix; empty where nothing is.
std::string OpenSecretWarning(const std::string& path);

}  // namespace gavel::cli
