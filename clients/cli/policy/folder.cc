#include "clients/cli/policy/folder.h"

#include <filesystem>

#include "clients/cli/command.h"
#include "engine/base/error.h"
#include "engine/base/status_macros.h"
#include "rules/compile/policy_files.h"

namespace gavel::cli {
namespace {

namespace fs = std::filesystem;

std::string FolderOf(const std::string& path) {
  std::error_code error;
  if (fs::is_directory(path, error)) return path;
  if (!fs::exists(path, error)) return path;  // Reading it says so.
  const std::string folder = fs::path(path).parent_path().string();
  return folder.empty() ? "." : folder;
}

}  // namespace

absl::StatusOr<PolicyFolder> OpenPolicyFolder(const std::string& path) {
  PolicyFolder opened{FolderOf(path), {}};
  auto source = rules::LoadPolicySource(opened.folder);
  if (!source.ok()) return UsageError(std::string(source.status().message()));
  opened.source = *std::move(source);
  return opened;
}

absl::StatusOr<std::shared_ptr<const rules::Policy>> CompileFolder(const std::string& path,
                                                                   const v1::Date& day) {
  GAVEL_ASSIGN_OR_RETURN(const PolicyFolder opened, OpenPolicyFolder(path));
  return rules::CompilePolicy(opened.source, day);
}

}  // namespace gavel::cli
