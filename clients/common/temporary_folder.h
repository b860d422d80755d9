// A folder for files that other programs read, gone when the object is.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>

namespace gavel::client {

class TemporaryFolder {
 public:
  // Readable by the user alone, below $TMPDIR or /tmp.
  TemporaryFolder() {
    std::error_code error;
    path_ = (std::filesystem::temp_directory_path(error) / "gavel-XXXXXX").string();
    if (error || mkdtemp(path_.data()) == nullptr) path_.clear();
  }
  ~TemporaryFolder() {
    std::error_code error;
    if (!path_.empty()) std::filesystem::remove_all(path_, error);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  // Empty where it could not be made.
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace gavel::client
