#include "clients/cli/account/token_files.h"

#include <sys/stat.h>

#include <algorithm>
#include <cctype>
#include <filesystem>

#include "clients/cli/command.h"
#include "clients/cli/files.h"
#include "engine/base/status_macros.h"
#include "fmt/format.h"

namespace gavel::cli {
namespace {

namespace fs = std::filesystem;

// Empty where there is no state folder: without HOME, say.
std::string Folder(const Environment& environment) {
  const std::string state = environment.StateDir();
  return state.empty() ? state : state + "/tokens";
}

bool IsPlain(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '.' || c == '-' || c == '_';
}

// `127.0.0.1%3A4283`: two servers never share a file, and none leaves the folder. A leading dot is
// escaped, too: `..` is no name.
std::string FileName(const std::string& server) {
  std::string name;
  for (const char c : server) {
    const bool plain = IsPlain(c) && !(name.empty() && c == '.');
    name += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return name;
}

// Empty where `name` is no name that FileName gives.
std::string ServerOf(const std::string& name) {
  std::string server;
  for (size_t at = 0; at < name.size(); ++at) {
    if (name[at] != '%') {
      server += name[at];
      continue;
    }
    const std::string digits = name.substr(at + 1, 2);
    server += static_cast<char>(std::strtol(digits.c_str(), nullptr, 16));
    at += 2;
  }
  return FileName(server) == name ? server : std::string();
}

}  // namespace

std::string TokenFilePath(const Environment& environment, const std::string& server) {
  const std::string folder = Folder(environment);
  return folder.empty() ? folder : folder + "/" + FileName(server);
}

absl::Status WriteTokenFile(const Environment& environment, const std::string& server,
                            const std::string& token) {
  if (Folder(environment).empty()) return UsageError("there is no folder for tokens: set HOME");
  GAVEL_RETURN_IF_ERROR(WriteFileAtomically(TokenFilePath(environment, server), token + "\n"));
  std::error_code error;
  fs::permissions(Folder(environment), fs::perms::owner_all, error);
  return error ? UsageError(Folder(environment) + ": " + error.message()) : absl::OkStatus();
}

absl::StatusOr<std::string> ReadTokenFile(const Environment& environment,
                                          const std::string& server) {
  GAVEL_ASSIGN_OR_RETURN(std::string text, ReadFile(TokenFilePath(environment, server)));
  while (!text.empty() && text.back() == '\n') text.pop_back();
  return text;
}

absl::StatusOr<bool> EraseTokenFile(const Environment& environment, const std::string& server) {
  std::error_code error;
  const bool erased = fs::remove(TokenFilePath(environment, server), error);
  if (error) return UsageError(TokenFilePath(environment, server) + ": " + error.message());
  return erased;
}

std::vector<TokenFile> ListTokenFiles(const Environment& environment) {
  std::vector<TokenFile> files;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(Folder(environment), error)) {
    const std::string server = ServerOf(entry.path().filename().string());
    if (!server.empty()) files.push_back({server, entry.path().string()});
  }
  std::sort(files.begin(), files.end(),
            [](const TokenFile& a, const TokenFile& b) { return a.server < b.server; });
  return files;
}

std::string OpenSecretWarning(const std::string& path) {
  struct stat status {};
  if (path.empty() || stat(path.c_str(), &status) != 0) return "";
  if ((status.st_mode & (S_IRWXG | S_IRWXO)) == 0) return "";
  return fmt::format("{} can be read by others; make it yours alone: chmod 600 {}", path, path);
}

}  // namespace gavel::cli
