#include "clients/cli/document/spec_files.h"

#include <algorithm>
#include <filesystem>
#include <set>

#include "clients/cli/document/front_matter.h"
#include "clients/cli/files.h"
#include "engine/base/status_macros.h"
#include "fmt/format.h"

namespace gavel::cli {
namespace {

namespace fs = std::filesystem;

absl::StatusOr<std::string> ReadSpec(const std::string& path) {
  auto content = ReadFileStart(path, kMostSpecBytes);
  if (!content.ok()) return UsageError(std::string(content.status().message()));
  return content;
}

// The Markdown files below `folder`, sorted.
absl::StatusOr<std::vector<std::string>> MarkdownFiles(const std::string& folder) {
  std::vector<std::string> paths;
  fs::path last = folder;  // What could not be opened, where the next step fails.
  std::error_code error;
  fs::recursive_directory_iterator at(folder, error);
  for (; !error && at != fs::recursive_directory_iterator(); at.increment(error)) {
    last = at->path();
    std::error_code gone;
    if (last.filename().string().starts_with('.')) {
      at.disable_recursion_pending();
    } else if (last.extension() == ".md" && fs::is_regular_file(at->symlink_status(gone))) {
      paths.push_back(last.lexically_normal().string());
    }
  }
  if (error) return UsageError(fmt::format("{}: {}", last.string(), error.message()));
  std::sort(paths.begin(), paths.end());
  return paths;
}

absl::StatusOr<std::vector<SpecFile>> SpecsBelow(const std::string& folder) {
  GAVEL_ASSIGN_OR_RETURN(const std::vector<std::string> paths, MarkdownFiles(folder));
  std::vector<SpecFile> specs;
  for (const std::string& path : paths) {
    GAVEL_ASSIGN_OR_RETURN(std::string content, ReadSpec(path));
    if (IsSpecDocument(content)) specs.push_back({path, std::move(content)});
  }
  return specs;
}

absl::StatusOr<std::vector<SpecFile>> SpecsAt(Session& session, const std::string& path) {
  if (path == kStdin) {
    std::string content = ReadStart(session.input(), kMostSpecBytes);
    return std::vector<SpecFile>{{session.Text("stdin-path", "stdin"), std::move(content)}};
  }
  std::error_code error;
  if (fs::is_directory(path, error)) return SpecsBelow(path);
  GAVEL_ASSIGN_OR_RETURN(std::string content, ReadSpec(path));
  return std::vector<SpecFile>{{path, std::move(content)}};
}

std::string Identity(const std::string& path) {
  std::error_code error;
  const fs::path canonical = fs::weakly_canonical(path, error);
  return error ? path : canonical.string();
}

}  // namespace

absl::StatusOr<std::vector<SpecFile>> FindSpecFiles(Session& session) {
  const std::vector<std::string> paths = session.arguments().List("PATH");
  if (session.Has("staged")) return StagedSpecs(session.config(), paths);
  if (paths.empty()) return ChangedSpecs(session.config());
  std::vector<SpecFile> all;
  std::set<std::string> seen;
  for (const std::string& path : paths) {
    GAVEL_ASSIGN_OR_RETURN(std::vector<SpecFile> specs, SpecsAt(session, path));
    for (SpecFile& spec : specs) {
      if (seen.insert(Identity(spec.path)).second) all.push_back(std::move(spec));
    }
  }
  return all;
}

}  // namespace gavel::cli
