// Which repository a working tree belongs to.
#include <filesystem>
#include <sstream>
#include <vector>

#include "clients/cli/repository/git.h"
#include "clients/cli/repository/git_url.h"
#include "clients/cli/repository/source.h"
#include "engine/base/status_macros.h"
#include "fmt/format.h"
#include "fmt/ranges.h"

namespace gavel::cli {
namespace {

absl::StatusOr<std::vector<std::string>> Remotes(const Git& git) {
  GAVEL_ASSIGN_OR_RETURN(const std::string text, git.Line({"remote"}));
  std::vector<std::string> remotes;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) remotes.push_back(line);
  return remotes;
}

// Where the current branch is pushed; empty where git does not say.
absl::StatusOr<std::string> PushRemote(const Git& git) {
  GAVEL_ASSIGN_OR_RETURN(const std::string branch,
                         git.Line({"symbolic-ref", "--quiet", "--short", "HEAD"}));
  std::vector<std::string> keys = {"remote.pushDefault"};
  if (!branch.empty()) {
    keys = {"branch." + branch + ".pushRemote", "remote.pushDefault",
            "branch." + branch + ".remote"};
  }
  for (const std::string& key : keys) {
    GAVEL_ASSIGN_OR_RETURN(const std::string remote, git.Line({"config", "--get", key}));
    if (!remote.empty() && remote != ".") return remote;
  }
  return std::string();
}

// A name as the user wrote it, or the one that a URL stands for.
std::string NameOf(const std::string& given) {
  return given.find(':') == std::string::npos ? given : NormaliseRepository(given);
}

struct Choice {
  std::string remote;
  std::string reason;
};

absl::StatusOr<Choice> ChooseRemote(const Git& git, const std::vector<std::string>& remotes) {
  GAVEL_ASSIGN_OR_RETURN(const std::string push, PushRemote(git));
  for (const std::string& remote : remotes) {
    if (remote == push) return Choice{remote, "remote " + remote};
  }
  for (const std::string& remote : remotes) {
    if (remote == "origin") return Choice{remote, "remote origin"};
  }
  if (remotes.size() == 1) return Choice{remotes.front(), "the only remote, " + remotes.front()};
  return UsageError(
      fmt::format("which remote is the repository? There are {}. Say --repo NAME, or "
                  "`repository: NAME` in .gavel.yaml",
                  fmt::join(remotes, ", ")));
}

}  // namespace

absl::Status DetectRepository(const std::string& root, const Config& config,
                              const std::string& given, Source& source) {
  const auto use = [&source](std::string name, std::string reason) {
    source.repository = std::move(name);
    source.repository_reason = std::move(reason);
    return absl::OkStatus();
  };
  if (!given.empty()) return use(NameOf(given), "--repo");
  if (!config.repository.empty()) {
    return use(NameOf(config.repository), "repository in .gavel.yaml");
  }
  const Git git(root);
  GAVEL_ASSIGN_OR_RETURN(const std::vector<std::string> remotes, Remotes(git));
  if (remotes.empty()) {
    return use("local/" + std::filesystem::path(root).filename().string(),
               "no remote, so the folder's name");
  }
  GAVEL_ASSIGN_OR_RETURN(const Choice choice, ChooseRemote(git, remotes));
  GAVEL_ASSIGN_OR_RETURN(const std::string url,
                         git.Line({"remote", "get-url", "--", choice.remote}));
  const std::string name = NormaliseRepository(url);
  if (name.empty()) {
    return UsageError(fmt::format("remote {} has no usable URL; say --repo NAME", choice.remote));
  }
  return use(name, choice.reason);
}

}  // namespace gavel::cli
