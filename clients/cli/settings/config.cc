#include "clients/cli/settings/config.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <initializer_list>
#include <sstream>
#include <string_view>

#include "clients/cli/files.h"
#include "clients/cli/settings/flat_yaml.h"
#include "clients/cli/words/time_text.h"
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

// A link that leads elsewhere would have us quote somebody's file in an error.
absl::Status CheckInside(const fs::path& root, const std::string& name) {
  std::error_code error;
  if (!fs::is_symlink(root / name, error)) return absl::OkStatus();
  const fs::path target = fs::weakly_canonical(root / name, error);
  const fs::path inside = fs::weakly_canonical(root, error);
  const auto [end, rest] =
      std::mismatch(inside.begin(), inside.end(), target.begin(), target.end());
  if (end == inside.end()) return absl::OkStatus();
  return UsageError(fmt::format("{} is a symbolic link that leads out of the repository", name));
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
  if (found == repository.end()) return "specs";
  const FlatValue& value = found->second;
  const std::string& pattern = value.items.empty() ? value.text : value.items[0];
  const size_t wildcard = pattern.find_first_of("*?[");
  fs::path folder = pattern.substr(0, wildcard);
  const bool names_files = wildcard != std::string::npos || pattern.ends_with(".md");
  if (names_files || !folder.has_filename()) folder = folder.parent_path();
  return folder.empty() ? "." : folder.string();
}

// The first candidate with a value.
Setting FirstOf(std::initializer_list<Setting> candidates) {
  for (const Setting& candidate : candidates) {
    if (!candidate.value.empty()) return candidate;
  }
  return {};
}

// A file's `token_file`, for the server that the same file names: another server must not get it.
Setting TokenFileOf(const FlatYaml& file, const std::string& from, const Config& config) {
  const std::string server = ValueOf(file, "server");
  if (!server.empty() && server != config.server.value) return {};
  return {ValueOf(file, "token_file"), from};
}

absl::Status ReadTokenFile(const Setting& path, Config& config) {
  auto text = ReadFile(path.value);
  if (!text.ok()) return UsageError("token file: " + std::string(text.status().message()));
  while (!text->empty() && (text->back() == '\n' || text->back() == '\r')) text->pop_back();
  config.token = {*std::move(text), path.from};
  config.token_file = path.value;
  return absl::OkStatus();
}

// A file is better than a variable: other processes can read the environment. A token that is not
// stored for one server is for those that the user names, never for one that a checkout names.
absl::Status LoadToken(const Environment& environment, const FlatYaml& user, const FlatYaml& system,
                       Config& config) {
  const Setting variable = {environment.Get("GAVEL_TOKEN"), "GAVEL_TOKEN"};
  Setting path = {environment.Get("GAVEL_TOKEN_FILE"), "GAVEL_TOKEN_FILE"};
  if (path.value.empty() && variable.value.empty()) {
    path = FirstOf({TokenFileOf(user, UserFile(environment), config),
                    TokenFileOf(system, kSystemFile, config)});
  }
  const Setting& found = path.value.empty() ? variable : path;
  if (found.value.empty()) return absl::OkStatus();
  if (config.server_from_repository) {
    config.withheld = fmt::format("the token of {} is not sent to {}, which only {} names",
                                  found.from, config.server.value, kRepositoryFile);
    return absl::OkStatus();
  }
  if (!path.value.empty()) return ReadTokenFile(path, config);
  config.token = variable;
  return absl::OkStatus();
}

void ListSettings(const FlatYaml& repository, const Setting& timeout, Config& config) {
  config.settings = {{"server", config.server},
                     {"as", config.principal},
                     {"token_file", {config.token_file, config.token.from}},
                     {"timeout", timeout}};
  if (config.token_file.empty()) config.settings[2].setting = {};
  for (const std::string_view key : kRepositoryKeys) {
    if (key == "server") continue;
    const auto found = repository.find(std::string(key));
    if (found == repository.end()) {
      config.settings.push_back({std::string(key), {}});
      continue;
    }
    const std::string items = fmt::format("{}", fmt::join(found->second.items, ", "));
    config.settings.push_back(
        {std::string(key), {items.empty() ? found->second.text : items, kRepositoryFile}});
  }
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
    GAVEL_RETURN_IF_ERROR(CheckInside(config.repository_root, kRepositoryFile));
    GAVEL_ASSIGN_OR_RETURN(
        repository, LoadFile(config.repository_root + "/" + kRepositoryFile, kRepositoryKeys));
  }
  const std::string user_file = UserFile(environment);
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
  GAVEL_RETURN_IF_ERROR(LoadToken(environment, user, system, config));
  const Setting timeout = FirstOf({{arguments.Text("timeout"), "--timeout"},
                                   {ValueOf(user, "timeout"), user_file},
                                   {ValueOf(system, "timeout"), kSystemFile},
                                   {absl::FormatDuration(config.timeout), "default"}});
  config.timeout_given = timeout.from == "--timeout";
  GAVEL_ASSIGN_OR_RETURN(config.timeout, ParseSpan(timeout.value));
  config.repository = ValueOf(repository, "repository");
  config.area = ValueOf(repository, "area");
  config.base = ValueOf(repository, "base");
  config.template_path = ValueOf(repository, "template");
  config.spec_dir = SpecFolder(repository);
  ListSettings(repository, timeout, config);
  return config;
}

std::string UserFile(const Environment& environment) {
  const std::string folder = environment.ConfigDir();
  return folder.empty() ? folder : folder + "/client.yaml";
}

std::vector<std::string> UserKeys() { return {kUserKeys.begin(), kUserKeys.end()}; }

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
