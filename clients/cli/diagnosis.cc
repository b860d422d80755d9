#include "clients/cli/diagnosis.h"

#include <cstdio>
#include <filesystem>

#include "clients/cli/account/secret_service.h"
#include "clients/cli/pending_request.h"
#include "clients/cli/policy/bundle.h"
#include "clients/cli/repository/git.h"
#include "clients/cli/words/time_text.h"
#include "fmt/format.h"

namespace gavel::cli {
namespace {

// `safe.bareRepository` is known since then; older ones run a repository hidden in the checkout.
constexpr int kGitMajor = 2;
constexpr int kGitMinor = 38;
constexpr absl::Duration kBundleAge = absl::Hours(7 * 24);

Diagnosis Settings(Session& session) {
  if (!session.config_status().ok()) {
    return {"config", Health::kFail, std::string(session.config_status().message()),
            "mend the file"};
  }
  const std::string path = UserFile(session.environment());
  if (path.empty()) {
    return {"config", Health::kWarn, "settings have no folder; defaults hold", "set HOME"};
  }
  if (std::filesystem::exists(path)) return {"config", Health::kOk, path, ""};
  return {"config", Health::kOk, fmt::format("{} is not there; defaults hold", path), ""};
}

// What runs leave for later ones lies in the state folder.
Diagnosis State(Session& session) {
  const std::string folder = session.environment().StateDir();
  const std::string probe = folder + "/doctor";
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  std::FILE* file = error ? nullptr : std::fopen(probe.c_str(), "w");
  // A disk that is full takes a file without a byte in it.
  const bool written = file != nullptr && std::fputs("probe\n", file) >= 0;
  const bool closed = file != nullptr && std::fclose(file) == 0;
  std::filesystem::remove(probe, error);
  if (!written || !closed) {
    return {"state", Health::kWarn,
            fmt::format("{} cannot be written: a run that is cut off cannot be resumed", folder),
            "set HOME or XDG_STATE_HOME to a folder of yours"};
  }
  return {"state", Health::kOk, folder, ""};
}

Diagnosis Keyring(Session& session) {
  const auto keyring = SecretService::Load();
  const absl::Status status =
      keyring.ok() ? keyring->Find(session.config().server.value, /*unlock=*/false).status()
                   : keyring.status();
  if (status.ok()) return {"keyring", Health::kOk, "tokens are kept in it", ""};
  return {"keyring", Health::kWarn, std::string(status.message()),
          "GAVEL_TOKEN_FILE, or gavel auth login --insecure-storage"};
}

// Asks git itself whether the settings that keep a checkout harmless are in force.
Diagnosis GitProgram() {
  const Git git(".");
  const auto version = git.Line({"version"});
  if (!version.ok()) {
    return {"git", Health::kFail, std::string(version.status().message()), "install git"};
  }
  int major = 0;
  int minor = 0;
  std::sscanf(version->c_str(), "git version %d.%d", &major, &minor);
  const auto monitor = git.Line({"config", "--get", "core.fsmonitor"});
  const auto hooks = git.Line({"config", "--get", "core.hooksPath"});
  if (monitor.value_or("") != "false" || hooks.value_or("") != "/dev/null") {
    return {"git", Health::kFail, *version + " ignores the settings that keep a checkout harmless",
            "install git 2.38 or newer"};
  }
  if (major < kGitMajor || (major == kGitMajor && minor < kGitMinor)) {
    return {"git", Health::kWarn, *version + " would use a repository hidden inside a checkout",
            "install git 2.38 or newer"};
  }
  return {"git", Health::kOk, *version + ", a checkout cannot make it run anything", ""};
}

Diagnosis Policy(Session& session) {
  const auto age = AgeOfBundle(session);
  if (!age.has_value()) {
    return {"policy", Health::kWarn, "none was fetched yet: gavel check needs the server once",
            "gavel check --online"};
  }
  const std::string text = fmt::format("fetched {} h ago", absl::ToInt64Hours(*age));
  if (*age < kBundleAge) return {"policy", Health::kOk, text, ""};
  return {"policy", Health::kWarn, text, "gavel check --online"};
}

// One for each write that was never answered.
void AddPending(Session& session, std::vector<Diagnosis>& found) {
  for (const StaleRequest& request : StaleRequests(session.environment())) {
    found.push_back({"pending", Health::kWarn,
                     fmt::format("{} {} to {} at {} got no answer", request.method, request.target,
                                 request.server, Rfc3339(ToTimestamp(request.time))),
                     fmt::format("run that command again, or give it up: rm {}", request.path)});
  }
}

}  // namespace

std::vector<Diagnosis> Diagnose(Session& session) {
  std::vector<Diagnosis> found = {Settings(session), State(session)};
  // Without settings there is no saying which server is meant.
  if (session.config_status().ok()) {
    for (Diagnosis& one : DiagnoseServer(session)) found.push_back(std::move(one));
    found.push_back(Policy(session));
  }
  found.push_back(Keyring(session));
  found.push_back(GitProgram());
  AddPending(session, found);
  return found;
}

}  // namespace gavel::cli
