#include "clients/cli/changed_specs.h"

#include <filesystem>
#include <set>

#include "clients/cli/files.h"
#include "clients/cli/front_matter.h"
#include "clients/cli/git.h"
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

absl::StatusOr<std::set<std::string>> ChangedPaths(const Git& git, const Config& config,
                                                   bool staged) {
  std::vector<std::string> diff = {"diff", "--no-ext-diff", "--name-only", "-z", "--diff-filter=d"};
  if (staged) {
    diff.push_back("--cached");
  } else {
    GAVEL_ASSIGN_OR_RETURN(const std::string base, BaseOf(git, config));
    if (base.empty()) {
      diff = {"ls-files", "-z"};
    } else {
      diff.push_back(base);
    }
  }
  GAVEL_ASSIGN_OR_RETURN(const std::vector<std::string> changed, git.Records(diff));
  std::set<std::string> paths(changed.begin(), changed.end());
  if (!staged) {
    GAVEL_ASSIGN_OR_RETURN(const std::vector<std::string> untracked,
                           git.Records({"ls-files", "-z", "--others", "--exclude-standard"}));
    paths.insert(untracked.begin(), untracked.end());
  }
  return paths;
}

absl::StatusOr<std::string> StagedBytes(const Git& git, const std::string& path) {
  GAVEL_ASSIGN_OR_RETURN(ProcessResult result, git.Run({"cat-file", "blob", ":" + path}));
  if (result.exit_code != 0) return absl::NotFoundError(path + " is not in the index");
  return std::move(result.out);
}

}  // namespace

absl::StatusOr<std::vector<SpecFile>> ChangedSpecs(const Config& config, bool staged) {
  if (config.repository_root.empty()) {
    return UsageError("which file? This folder is in no git repository; name a spec file");
  }
  const Git git(config.repository_root);
  GAVEL_ASSIGN_OR_RETURN(const std::set<std::string> paths, ChangedPaths(git, config, staged));
  std::vector<SpecFile> specs;
  for (const std::string& path : paths) {
    if (!path.ends_with(".md")) continue;
    const fs::path file = fs::path(config.repository_root) / path;
    if (fs::is_symlink(file)) continue;  // What it points to is listed itself, or is not ours.
    const absl::StatusOr<std::string> content =
        staged ? StagedBytes(git, path) : ReadFile(file.string());
    if (!content.ok() || !IsSpecDocument(*content)) continue;
    specs.push_back({file.lexically_proximate(fs::current_path()).string(), *content});
  }
  return specs;
}

}  // namespace gavel::cli
