#include "clients/cli/output/unified_diff.h"

#include <cstdlib>
#include <filesystem>

#include "clients/cli/command.h"
#include "clients/cli/files.h"
#include "clients/cli/repository/git.h"
#include "engine/base/status_macros.h"
#include "fmt/format.h"

namespace gavel::cli {
namespace {

namespace fs = std::filesystem;

// A folder of ours, gone with its files when it goes.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::error_code error;
    std::string name = (fs::temp_directory_path(error) / "gavel-XXXXXX").string();
    if (mkdtemp(name.data()) != nullptr) path_ = name;
  }
  ~TemporaryFolder() {
    std::error_code error;
    if (!path_.empty()) fs::remove_all(path_, error);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const std::string& path() const { return path_; }  // Empty where it could not be made.

 private:
  std::string path_;
};

// As git writes a name in a patch: in quotes where it holds what would end or confuse the line.
std::string PatchName(std::string_view prefix, std::string_view path) {
  std::string name(prefix);
  bool quote = false;
  for (const char c : path) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      name += '\\';
      name += c;
      quote = true;
    } else if (byte < 0x20 || byte >= 0x7F) {
      name += fmt::format("\\{:03o}", byte);
      quote = true;
    } else {
      name += c;
    }
  }
  if (quote) return "\"" + name + "\"";
  // A tab ends a name that holds a space, for `patch`.
  return path.find(' ') == std::string_view::npos ? name : name + "\t";
}

}  // namespace

absl::StatusOr<std::string> UnifiedDiff(const std::string& path, std::string_view before,
                                        std::string_view after) {
  if (before == after) return std::string();
  const TemporaryFolder folder;
  if (folder.path().empty()) return UsageError("no temporary folder can be made; see TMPDIR");
  GAVEL_RETURN_IF_ERROR(WriteNewFile(folder.path() + "/before", before));
  GAVEL_RETURN_IF_ERROR(WriteNewFile(folder.path() + "/after", after));
  GAVEL_ASSIGN_OR_RETURN(
      const ProcessResult diff,
      Git(folder.path())
          .Run({"diff", "--no-index", "--no-color", "--no-ext-diff", "--no-textconv", "--text",
                "--unified=3", "--", "before", "after"}));
  const size_t hunks = diff.out.find("\n@@ ");
  if (hunks == std::string::npos) return UsageError("git cannot compare: " + diff.err);
  return fmt::format("--- {}\n+++ {}{}", PatchName("a/", path), PatchName("b/", path),
                     diff.out.substr(hunks));
}

}  // namespace gavel::cli
