#include "clients/check/link_targets.h"

#include <filesystem>

#include "clients/check/repository_path.h"

namespace gavel::check {
namespace {

namespace fs = std::filesystem;

// `below` is normalised, so `..` can only stand at its start.
bool ExistsBelow(const fs::path& root, const fs::path& below) {
  if (below.is_absolute() || (!below.empty() && *below.begin() == "..")) return false;
  fs::path at = root;
  for (const fs::path& part : below) {
    if (part.empty() || part == ".") continue;
    at /= part;
    std::error_code error;
    const fs::file_status status = fs::symlink_status(at, error);
    if (error || !fs::exists(status)) return false;
    if (fs::is_symlink(status)) return true;
  }
  return true;
}

}  // namespace

std::function<bool(const std::string&)> LinkTargets(const std::string& root,
                                                    const std::string& path) {
  const fs::path document = RepositoryPath(root, path);
  if (root.empty() || document.empty() || document.is_absolute()) return {};
  return [root = fs::path(root), folder = document.parent_path()](const std::string& target) {
    const fs::path below =
        target.starts_with('/') ? fs::path(target).relative_path() : folder / target;
    return ExistsBelow(root, below.lexically_normal());
  };
}

}  // namespace gavel::check
