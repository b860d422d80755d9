// From what a user types for a spec (`MEDIA-42`, `media-42`, `specs/queue.md`) to the spec.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "clients/cli/repository/source.h"
#include "clients/cli/session.h"
#include "gavel/v1/spec.pb.h"

namespace gavel::cli {

// True for `MEDIA-42` in any case.
bool IsSpecKey(std::string_view text);

// Where the spec of a file was found.
struct FoundSpec {
  v1::Spec spec;
  std::string reason;  // `key MEDIA-42 in front matter, line 3`.
};

// Errors: those of GetSpec and FindSpec; NOT_FOUND where the file is registered nowhere.
absl::StatusOr<FoundSpec> FindSpecOf(Session& session, const Source& source);

// The key that the positional SPEC stands for: itself, or that of a file.
absl::StatusOr<std::string> SpecKey(Session& session);
absl::StatusOr<std::string> SpecKey(Session& session, const std::string& text);

// The number of --revision; 0, the current one, where it is not given.
absl::StatusOr<int> RevisionOf(Session& session);
// The same of another flag, `from`.
absl::StatusOr<int> RevisionOf(Session& session, const std::string& flag);

absl::StatusOr<v1::Spec> GetSpec(Session& session, const std::string& key);

// --etag, or the spec's current one.
absl::StatusOr<std::string> EtagOf(Session& session, const std::string& key);

}  // namespace gavel::cli
