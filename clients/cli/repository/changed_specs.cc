#include "clients/cli/repository/changed_specs.h"

#include <filesystem>
#include <set>

#include "clients/cli/document/front_matter.h"
#include "clients/cli/files.h"
#include "clients/cli/repository/git.h"
#include "engine/base/status_macros.h"

namespace gavel::cli {
namespace {

namespace fs = std::filesystem;

// The commit to compare with; empty where there is none.
absl::StatusOr<std::string> BaseOf(const Git& git, const Config& config) {
  if (!config.base.empty()) {
    GAVEL_ASSIGN_OR_RETURN(const std::string base, git.Line({"rev-parse", "--verify", "--quiet",
                                                             config.base + "^{commit}"}));
    if (base.empty()) return UsageError("base `" + config.base + "` of .gavel.yaml is no commit");
    return base;
  }
  return git.Line({"merge-base", "HEAD", "origin/HEAD"});
}

using Paths = std::set<std::string>;  // From the top folder of the repository; sorted.

absl::StatusOr<Paths> Listed(const Git& git, const std::vector<std::string>& command) {
  GAVEL_ASSIGN_OR_RETURN(const std::vector<std::string> paths, git.Records(command));
  return Paths(paths.begin(), paths.end());
}

// `git diff --name-only` with `what`, without what was deleted.
absl::StatusOr<Paths> Differing(const Git& git, const std::string& what) {
  return Listed(git, {"diff", "--no-ext-diff", "--name-only", "-z", "--diff-filter=d", what});
}

absl::StatusOr<Paths> ChangedPaths(const Git& git, const Config& config) {
  GAVEL_ASSIGN_OR_RETURN(const std::string base, BaseOf(git, config));
  GAVEL_ASSIGN_OR_RETURN(Paths paths,
                         base.empty() ? Listed(git, {"ls-files", "-z"}) : Differing(git, base));
  GAVEL_ASSIGN_OR_RETURN(Paths untracked,
                         Listed(git, {"ls-files", "-z", "--others", "--exclude-standard"}));
  paths.merge(untracked);
  return paths;
}

// What the index has of `wanted`, which are relative to the working directory.
absl::StatusOr<Paths> IndexedPaths(const Git& git, const Config& config,
                                   const std::vector<std::string>& wanted) {
  Paths paths;
  for (const std::string& path : wanted) {
    const fs::path below = fs::absolute(path).lexically_relative(config.repository_root);
    GAVEL_ASSIGN_OR_RETURN(
        Paths found, Listed(git, {"ls-files", "-z", "--", below.lexically_normal().string()}));
    if (found.empty()) return UsageError(path + " is not in the index; `git add` it first");
    paths.merge(found);
  }
  return paths;
}

absl::StatusOr<std::string> StagedBytes(const Git& git, const std::string& path) {
  GAVEL_ASSIGN_OR_RETURN(ProcessResult result, git.Run({"cat-file", "blob", ":" + path}));
  if (result.exit_code != 0) return absl::NotFoundError(path + " is not in the index");
  return std::move(result.out);
}

absl::Status NeedRepository(const Config& config) {
  if (!config.repository_root.empty()) return absl::OkStatus();
  return UsageError("which file? This folder is in no git repository; name a spec file");
}

template <typename Read>
std::vector<SpecFile> SpecsOf(const Config& config, const Paths& paths, const Read& read) {
  std::vector<SpecFile> specs;
  for (const std::string& path : paths) {
    if (!path.ends_with(".md")) continue;
    const fs::path file = fs::path(config.repository_root) / path;
    if (fs::is_symlink(file)) continue;  // What it points to is listed itself, or is not ours.
    absl::StatusOr<std::string> content = read(path, file);
    if (!content.ok() || !IsSpecDocument(*content)) continue;
    specs.push_back({file.lexically_proximate(fs::current_path()).string(), *std::move(content)});
  }
  return specs;
}

}  // namespace

absl::StatusOr<std::vector<SpecFile>> ChangedSpecs(const Config& config) {
  GAVEL_RETURN_IF_ERROR(NeedRepository(config));
  GAVEL_ASSIGN_OR_RETURN(const Paths paths, ChangedPaths(Git(config.repository_root), config));
  return SpecsOf(config, paths, [](const std::string& /*path*/, const fs::path& file) {
    return ReadFile(file.string());
  });
}

absl::StatusOr<std::vector<SpecFile>> StagedSpecs(const Config& config,
                                                  const std::vector<std::string>& wanted) {
  GAVEL_RETURN_IF_ERROR(NeedRepository(config));
  const Git git(config.repository_root);
  GAVEL_ASSIGN_OR_RETURN(const Paths paths, wanted.empty() ? Differing(git, "--cached")
                                                           : IndexedPaths(git, config, wanted));
  return SpecsOf(config, paths, [&git](const std::string& path, const fs::path& /*file*/) {
    return StagedBytes(git, path);
  });
}

}  // namespace gavel::cli
