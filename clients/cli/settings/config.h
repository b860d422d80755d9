// Where each setting comes from: flags, environment, `.gavel.yaml` of the repository, the user's
// `client.yaml`, `/etc/gavel/client.yaml`. The first that has it wins.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "clients/cli/command.h"
#include "clients/cli/settings/environment.h"

namespace gavel::cli {

// A value and the place it came from: `--server`, `GAVEL_SERVER`, `.gavel.yaml`.
struct Setting {
  std::string value;
  std::string from;
};

struct NamedSetting {
  std::string key;
  Setting setting;  // Empty where nothing says it.
};

struct Config {
  Setting server;
  Setting principal;  // For a development server; may be empty.
  // From the environment or a file; empty where neither has one for this server. What is sent is
  // decided in token_source.h.
  Setting token;
  std::string token_file;  // Where `token` was read from; empty for a variable.
  std::string withheld;    // Why a token that is set does not go to this server; mostly empty.
  absl::Duration timeout = absl::Seconds(10);
  bool timeout_given = false;

  // Of the repository; empty where it says nothing.
  std::string repository;
  std::string area;
  std::string spec_dir;         // Folder of `specs`; `specs` by default.
  std::string template_path;    // Below `repository_root`.
  std::string base;             // Revision that `check` compares with.
  std::string repository_root;  // Folder of `.gavel.yaml`; empty where there is none.

  // True where only `.gavel.yaml` names the server: ask before talking to it.
  bool server_from_repository = false;

  std::vector<NamedSetting> settings;  // All of them, as `gavel config` lists them.
};

// Reads the files of `folder` (the working directory; empty for none: no `.gavel.yaml` is read) and
// of the environment.
//
// Errors: INVALID_ARGUMENT that names file, line and key; among them a `.gavel.yaml` that sets a
// token or an identity, which a checkout must not.
absl::StatusOr<Config> LoadConfig(const Arguments& arguments, const Environment& environment,
                                  const std::string& folder);

// Whether the user allowed a server that a repository named, and the note that they did.
bool IsServerAllowed(const Environment& environment, const std::string& server);
absl::Status AllowServer(const Environment& environment, const std::string& server);

// `client.yaml` of the user (empty where there is no folder for it), and what it may set.
std::string UserFile(const Environment& environment);
std::vector<std::string> UserKeys();

}  // namespace gavel::cli
