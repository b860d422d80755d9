#include "clients/check/repository_path.h"

#include <filesystem>

namespace gavel::check {

namespace fs = std::filesystem;

std::string RepositoryPath(const std::string& root, const std::string& path) {
  std::error_code error;
  const fs::path whole = fs::weakly_canonical(fs::absolute(path, error), error);
  if (error) return "";
  if (root.empty()) return whole.string();
  const fs::path below = whole.lexically_relative(fs::weakly_canonical(root, error));
  const bool outside = below.empty() || *below.begin() == "..";
  return (outside ? whole : below).string();
}

}  // namespace gavel::check
