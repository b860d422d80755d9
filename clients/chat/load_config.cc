#include "clients/chat/load_config.h"

#include <filesystem>
#include <fstream>
#include <sstream>

#include "engine/base/status_macros.h"

namespace gavel::chat {

absl::StatusOr<std::string> ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return absl::NotFoundError("cannot read " + path);
  std::ostringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

absl::StatusOr<Config> LoadConfig(const std::string& path) {
  GAVEL_ASSIGN_OR_RETURN(const std::string text, ReadFile(path));
  const std::filesystem::path file(path);
  return ParseConfig(text, file.filename().string(), [&](const std::string& named) {
    return ReadFile((file.parent_path() / named).string());
  });
}

}  // namespace gavel::chat
