// The desktop's keyring (freedesktop.org Secret Service), reached through libsecret where that is
// installed: the library is loaded at run time, so that `gavel` runs on servers without it.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace gavel::cli {

struct Secret {
  std::string server;
  std::string token;  // Empty where the keyring is locked.
};

// Tokens of Gavel, one per server. Every call blocks on the session bus.
//
// Errors of all: INVALID_ARGUMENT that says why there is no keyring here.
class SecretService {
 public:
  static absl::StatusOr<SecretService> Load();

  // Replaces the token of that server.
  absl::Status Store(const std::string& server, const std::string& token) const;
  // The token of `server`, or of every server where it is empty. `unlock`: the desktop may ask its
  // user for the keyring's password.
  absl::StatusOr<std::vector<Secret>> Find(const std::string& server, bool unlock) const;
  // True where there was one.
  absl::StatusOr<bool> Erase(const std::string& server) const;

 private:
  struct Library;
  explicit SecretService(const Library* library) : library_(library) {}

  const Library* library_;  // Never unloaded.
};

}  // namespace gavel::cli
