// Where the bytes of a spec come from: repository, commit, path and content, each with its reason.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "clients/cli/settings/config.h"

namespace gavel::cli {

// More than any document that the server takes: 1 MiB of text, 64 KiB of front matter.
inline constexpr size_t kMaxDocumentBytes = (1024 + 64) * 1024;

struct SourceOptions {
  std::string commit = {};      // Empty for HEAD.
  std::string repository = {};  // Of --repo; empty to detect it.
  bool allow_dirty = false;     // Take the working copy where it differs from the commit.
};

struct Source {
  std::string argument;           // As the user named the file.
  std::string root;               // Top folder of the working tree.
  std::string path;               // Below it, with `/`.
  std::string repository;         // Normalised, `github.com/acme/uploads`.
  std::string repository_reason;  // `remote origin`.
  std::string commit;             // Object id; empty for a working copy.
  std::string commit_reason;      // `HEAD`.
  std::string blob;               // Object id of the bytes.
  std::string content;
  bool unpublished = false;  // The working copy, not a commit.
  bool pushed = true;        // Some remote branch holds the commit; true where there is no remote.
};

// Errors: INVALID_ARGUMENT for what can never be submitted (missing, a folder, a symbolic link,
// over 1 MiB, outside a repository) and for a repository that cannot be told; FAILED_PRECONDITION
// for a file that is not committed or differs from its commit.
absl::StatusOr<Source> LocateSource(const std::string& argument, const Config& config,
                                    const SourceOptions& options);

// The repository of the working tree at `folder`, and why. Fills `repository` and its reason.
absl::Status DetectRepository(const std::string& root, const Config& config,
                              const std::string& given, Source& source);

}  // namespace gavel::cli
