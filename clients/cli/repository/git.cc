#include "clients/cli/repository/git.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <map>
#include <string_view>

#include "engine/base/status_macros.h"
#include "fmt/format.h"

namespace gavel::cli {
namespace {

// Settings that start nothing.
constexpr std::array<std::string_view, 5> kSettings = {
    "core.fsmonitor=false", "core.hooksPath=/dev/null", "log.showSignature=false",
    "protocol.ext.allow=never", "safe.bareRepository=explicit"};

// The file decides which repository is meant. Not GIT_INDEX_FILE: `git commit -a` sets it for its
// hooks, and what it holds is what will be committed.
constexpr std::array<const char*, 10> kDropped = {
    "GIT_DIR",           "GIT_WORK_TREE",   "GIT_COMMON_DIR",
    "GIT_NAMESPACE",     "GIT_PREFIX",      "GIT_OBJECT_DIRECTORY",
    "GIT_EXTERNAL_DIFF", "GIT_ATTR_SOURCE", "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_CONFIG",
};

int UserSettings() {
  const char* count = std::getenv("GIT_CONFIG_COUNT");
  return count == nullptr ? 0 : std::max(std::atoi(count), 0);
}

std::map<std::string, std::string> Variables(const std::vector<std::string>& emptied) {
  std::map<std::string, std::string> variables = {
      {"GIT_OPTIONAL_LOCKS", "0"},
      {"GIT_TERMINAL_PROMPT", "0"},
      {"GIT_LITERAL_PATHSPECS", "1"},  // `specs/[x].md` names one file.
      {"GIT_ALLOW_PROTOCOL", "none"},
      {"GIT_NO_LAZY_FETCH", "1"},
      {"LC_ALL", "C"}};
  // By variables, because `-c NAME=VALUE` cannot say a name with `=` in it. Behind those that the
  // user has: CI systems say safe.directory so.
  int count = UserSettings();
  for (const std::string& name : emptied) {
    variables[fmt::format("GIT_CONFIG_KEY_{}", count)] = name;
    const bool required = name.ends_with(".required");
    variables[fmt::format("GIT_CONFIG_VALUE_{}", count)] = required ? "false" : "";
    ++count;
  }
  variables["GIT_CONFIG_COUNT"] = fmt::format("{}", count);
  return variables;
}

std::vector<std::string> SplitAtNul(const std::string& text) {
  std::vector<std::string> records;
  size_t from = 0;
  for (size_t at = text.find('\0'); at != std::string::npos; at = text.find('\0', from)) {
    records.push_back(text.substr(from, at - from));
    from = at + 1;
  }
  return records;
}

}  // namespace

absl::StatusOr<ProcessResult> Git::RunWith(const std::vector<std::string>& arguments,
                                           const std::vector<std::string>& emptied) const {
  ProcessOptions options;
  options.arguments = {"git", "--no-pager", "-C", folder_};
  for (const std::string_view setting : kSettings) {
    options.arguments.insert(options.arguments.end(), {"-c", std::string(setting)});
  }
  options.arguments.insert(options.arguments.end(), arguments.begin(), arguments.end());
  options.variables = Variables(emptied);
  options.dropped = {kDropped.begin(), kDropped.end()};
  return RunProcess(options);
}

absl::StatusOr<ProcessResult> Git::Run(const std::vector<std::string>& arguments) const {
  if (!filters_.has_value()) {
    GAVEL_ASSIGN_OR_RETURN(const ProcessResult found,
                           RunWith({"config", "--null", "--name-only", "--get-regexp",
                                    R"(^filter\..*\.(clean|smudge|process|required)$)"},
                                   {}));
    filters_ = SplitAtNul(found.out);
  }
  return RunWith(arguments, *filters_);
}

absl::StatusOr<std::string> Git::Line(const std::vector<std::string>& arguments,
                                      const std::string& missing) const {
  GAVEL_ASSIGN_OR_RETURN(ProcessResult result, Run(arguments));
  if (result.exit_code != 0) return missing;
  if (!result.out.empty() && result.out.back() == '\n') result.out.pop_back();
  return result.out;
}

absl::StatusOr<std::vector<std::string>> Git::Records(
    const std::vector<std::string>& arguments) const {
  GAVEL_ASSIGN_OR_RETURN(const ProcessResult result, Run(arguments));
  return result.exit_code == 0 ? SplitAtNul(result.out) : std::vector<std::string>();
}

}  // namespace gavel::cli
