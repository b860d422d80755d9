// Where each setting comes from: flags, environment, `.gavel.yaml` of the repository, the user's
// `client.yaml`, `/etc/gavel/client.yaml`. The first that has it wins.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "clients/cli/command.h"
#include "clients/cli/environment.h"

namespace gavel::cli {

// A value and the place it came from: `--server`, `GAVEL_SERVER`, `.gavel.yaml`.
struct Setting {
  std::string value;
  std::string from;
};

struct Config {
  Setting server;
  Setting principal;  // For a development server; may be empty.
  std::string token;  // May be empty.
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
};

// Reads the files of `folder` (the working directory) and of the environment.
//
// Errors: INVALID_ARGUMENT that names file, line and key; among them a `.gavel.yaml` that sets a
// token or an identity, which a checkout must not.
absl::StatusOr<Config> LoadConfig(const Arguments& arguments, const Environment& environment,
                                  const std::string& folder);

// Whether the user allowed a server that a repository named, and the note that they did.
bool IsServerAllowed(const Environment& environment, const std::string& server);
absl::Status AllowServer(const Environment& environment, const std::string& server);

}  // namespace gavel::cli
