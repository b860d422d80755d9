#include "clients/cli/config.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <initializer_list>
#include <sstream>
#include <string_view>

#include "clients/cli/files.h"
#include "clients/cli/flat_yaml.h"
#include "clients/cli/time_text.h"
#include "clients/common/connection.h"
#include "engine/base/status_macros.h"
#include "fmt/format.h"
#include "fmt/ranges.h"

namespace gavel::cli {
namespace {

namespace fs = std::filesystem;

constexpr char kRepositoryFile[] = ".gavel.yaml";
constexpr char kSystemFile[] = "/etc/gavel/client.yaml";
constexpr std::array<std::string_view, 7> kRepositoryKeys = {
    "area", "base", "repository", "server", "specs", "template", "version"};
constexpr std::array<std::string_view, 4> kUserKeys = {"as", "server", "timeout", "token_file"};

// The folder at or above `folder` that holds `.git`; empty outside a repository. A `.gavel.yaml`
// elsewhere (in a shared temporary folder, say) is somebody else's and is not read.
std::string RepositoryRoot(const std::string& folder) {
  std::error_code error;
  fs::path at = fs::absolute(folder, error).lexically_normal();
  if (!at.has_filename()) at = at.parent_path();  // `/home/ana/uploads/` for `.`
  for (; !error; at = at.parent_path()) {
    if (fs::exists(at / ".git", error)) return at.string();
    if (at == at.parent_path()) break;
  }
  return "";
}

template <typename Keys>
absl::StatusOr<FlatYaml> LoadFile(const std::string& path, const Keys& keys) {
  const auto text = ReadFile(path);
  if (absl::IsNotFound(text.status())) return FlatYaml();
  GAVEL_RETURN_IF_ERROR(text.status());
  GAVEL_ASSIGN_OR_RETURN(const FlatYaml values, ParseFlatYaml(*text, path));
  for (const auto& [key, value] : values) {
    if (std::find(keys.begin(), keys.end(), key) != keys.end()) continue;
    return UsageError(fmt::format("{}:{}: `{}` cannot be set here; known are {}", path, value.line,
                                  key, fmt::join(keys, ", ")));
  }
  return values;
}

std::string ValueOf(const FlatYaml& file, const std::string& key) {
  const auto found = file.find(key);
  return found == file.end() ? std::string() : found->second.text;
}

// The folder of the first pattern of `specs`: `specs` for `specs/**/*.md`.
std::string SpecFolder(const FlatYaml& repository) {
  const auto found = repository.find("specs");
  if (found == repository.end() || found->second.items.empty()) return "specs";
  const std::string& pattern = found->second.items[0];
  const std::string fixed = pattern.substr(0, pattern.find_first_of("*?["));
  const size_t slash = fixed.rfind('/');
  return slash == std::string::npos ? "." : fixed.substr(0, slash);
}

// The first candidate with a value.
Setting FirstOf(std::initializer_list<Setting> candidates) {
  for (const Setting& candidate : candidates) {
    if (!candidate.value.empty()) return candidate;
  }
  return {};
}

// A file is better than a variable: other processes can read the environment.
absl::StatusOr<std::string> LoadToken(const Environment& environment, const std::string& from_user,
                                      const std::string& from_system) {
  const Setting file = FirstOf({{environment.Get("GAVEL_TOKEN_FILE"), ""}});
  const std::string token = environment.Get("GAVEL_TOKEN");
  if (file.value.empty() && !token.empty()) return token;
  const Setting path = FirstOf({file, {from_user, ""}, {from_system, ""}});
  if (path.value.empty()) return std::string();
  auto text = ReadFile(path.value);
  if (!text.ok()) return UsageError("token file: " + std::string(text.status().message()));
  while (!text->empty() && (text->back() == '\n' || text->back() == '\r')) text->pop_back();
  return *std::move(text);
}

std::string AllowedServersPath(const Environment& environment) {
  return environment.StateDir() + "/allowed-servers";
}

}  // namespace

absl::StatusOr<Config> LoadConfig(const Arguments& arguments, const Environment& environment,
                                  const std::string& folder) {
  Config config;
  config.repository_root = RepositoryRoot(folder);
  FlatYaml repository;
  if (!config.repository_root.empty()) {
    GAVEL_ASSIGN_OR_RETURN(
        repository, LoadFile(config.repository_root + "/" + kRepositoryFile, kRepositoryKeys));
  }
  const std::string user_file = environment.ConfigDir() + "/client.yaml";
  GAVEL_ASSIGN_OR_RETURN(const FlatYaml user, LoadFile(user_file, kUserKeys));
  GAVEL_ASSIGN_OR_RETURN(const FlatYaml system, LoadFile(kSystemFile, kUserKeys));

  config.server = FirstOf({{arguments.Text("server"), "--server"},
                           {environment.Get("GAVEL_SERVER"), "GAVEL_SERVER"},
                           {ValueOf(repository, "server"), kRepositoryFile},
                           {ValueOf(user, "server"), user_file},
                           {ValueOf(system, "server"), kSystemFile},
                           {client::kDefaultServer, "default"}});
  config.server_from_repository = config.server.from == kRepositoryFile &&
                                  config.server.value != client::kDefaultServer &&
                                  config.server.value != ValueOf(user, "server") &&
                                  config.server.value != ValueOf(system, "server");
  config.principal = FirstOf({{arguments.Text("as"), "--as"},
                              {environment.Get("GAVEL_AS"), "GAVEL_AS"},
                              {ValueOf(user, "as"), user_file}});
  GAVEL_ASSIGN_OR_RETURN(config.token, LoadToken(environment, ValueOf(user, "token_file"),
                                                 ValueOf(system, "token_file")));
  const Setting timeout = FirstOf({{arguments.Text("timeout"), "--timeout"},
                                   {ValueOf(user, "timeout"), user_file},
                                   {ValueOf(system, "timeout"), kSystemFile}});
  config.timeout_given = timeout.from == "--timeout";
  if (!timeout.value.empty()) {
    GAVEL_ASSIGN_OR_RETURN(config.timeout, ParseSpan(timeout.value));
  }
  config.repository = ValueOf(repository, "repository");
  config.area = ValueOf(repository, "area");
  config.base = ValueOf(repository, "base");
  config.template_path = ValueOf(repository, "template");
  config.spec_dir = SpecFolder(repository);
  return config;
}

bool IsServerAllowed(const Environment& environment, const std::string& server) {
  const auto text = ReadFile(AllowedServersPath(environment));
  if (!text.ok()) return false;
  std::istringstream lines(*text);
  for (std::string line; std::getline(lines, line);) {
    if (line == server) return true;
  }
  return false;
}

absl::Status AllowServer(const Environment& environment, const std::string& server) {
  const std::string path = AllowedServersPath(environment);
  const auto before = ReadFile(path);
  return WriteFileAtomically(path, (before.ok() ? *before : std::string()) + server + "\n");
}

}  // namespace gavel::cli
