#include "clients/cli/repository/rename.h"

#include <vector>

#include "clients/cli/repository/git.h"
#include "engine/base/status_macros.h"
#include "fmt/format.h"
#include "gavel/v1/spec_service.pb.h"

namespace gavel::cli {
namespace {

// Earlier paths, newest first. `--name-status -z` gives `R087 NUL old NUL new` per rename.
absl::StatusOr<std::vector<std::string>> EarlierPaths(const Git& git, const Source& source) {
  const std::string at = source.commit.empty() ? "HEAD" : source.commit;
  GAVEL_ASSIGN_OR_RETURN(const std::vector<std::string> records,
                         git.Records({"log", "--follow", "-M70%", "--name-status", "-z",
                                      "--format=", at, "--", source.path}));
  std::vector<std::string> paths;
  for (size_t i = 0; i + 2 < records.size(); ++i) {
    const std::string& status = records[i];
    // With `--format=` each record but the first may begin with the newline between commits.
    const size_t letter = status.find_first_not_of('\n');
    if (letter == std::string::npos || (status[letter] != 'R' && status[letter] != 'C')) continue;
    paths.push_back(records[i + 1]);
    i += 2;
  }
  return paths;
}

// `--follow` takes copies for renames; a path that is still there was copied.
absl::StatusOr<bool> IsGone(const Git& git, const Source& source, const std::string& path) {
  const std::string at = source.commit.empty() ? "HEAD" : source.commit;
  GAVEL_ASSIGN_OR_RETURN(const auto entries,
                         git.Records({"ls-tree", "-z", "--full-tree", at, "--", path}));
  return entries.empty();
}

}  // namespace

absl::StatusOr<std::optional<RenamedSpec>> FindRenamed(Session& session, const Source& source) {
  const Git git(source.root);
  GAVEL_ASSIGN_OR_RETURN(const std::vector<std::string> paths, EarlierPaths(git, source));
  for (const std::string& path : paths) {
    GAVEL_ASSIGN_OR_RETURN(const bool gone, IsGone(git, source, path));
    if (!gone) continue;
    v1::FindSpecRequest request;
    request.set_repository(source.repository);
    request.set_path(path);
    const auto found = session.Call<v1::FindSpecResponse>(request);
    if (found.ok()) return std::optional<RenamedSpec>({path, found->spec().key()});
    if (!absl::IsNotFound(found.status())) return found.status();
  }
  return std::optional<RenamedSpec>();
}

absl::Status CheckRenamed(const Source& source, const v1::Spec& spec) {
  if (spec.repository() != source.repository || spec.path() == source.path) return absl::OkStatus();
  GAVEL_ASSIGN_OR_RETURN(const bool gone, IsGone(Git(source.root), source, spec.path()));
  if (gone) return absl::OkStatus();
  return absl::FailedPreconditionError(
      fmt::format("{} is {}, which is still there; --spec is for a file that was renamed. A new "
                  "spec is submitted with --new",
                  spec.key(), spec.path()));
}

}  // namespace gavel::cli
