// config: every setting, and where it comes from.
#include "clients/cli/settings/config.h"
#include "clients/cli/commands/commands.h"
#include "clients/cli/files.h"
#include "clients/cli/session.h"
#include "clients/cli/settings/settings_file.h"
#include "engine/base/status_macros.h"
#include "fmt/format.h"
#include "fmt/ranges.h"

namespace gavel::cli {
namespace {

constexpr char kMask[] = "********";

// The settings, and the token without its text.
std::vector<NamedSetting> AllSettings(const Config& config) {
  std::vector<NamedSetting> settings = config.settings;
  const std::string shown = config.token.value.empty() ? "" : kMask;
  settings.push_back({"token", {shown, config.token.from}});
  return settings;
}

absl::StatusOr<ExitCode> RunList(Session& session) {
  std::vector<JsonExtras> values;
  std::vector<std::vector<std::string>> rows;
  for (const auto& [key, setting] : AllSettings(session.config())) {
    values.push_back({{"key", key}, {"value", setting.value}, {"source", setting.from}});
    rows.push_back({key, setting.value, setting.value.empty() ? "" : setting.from});
  }
  session.output().JsonArray(values);
  session.output().Table({"SETTING", "VALUE", "SOURCE"}, rows);
  return ExitCode::kDone;
}

absl::StatusOr<ExitCode> RunGet(Session& session) {
  const std::string wanted = session.Text("KEY");
  std::vector<std::string> known;
  for (const auto& [key, setting] : AllSettings(session.config())) {
    known.push_back(key);
    if (key != wanted) continue;
    if (setting.value.empty()) return absl::NotFoundError(fmt::format("`{}` is not set", key));
    session.output().JsonObject({{"key", key}, {"value", setting.value}, {"source", setting.from}});
    session.output().Line(setting.value);
    return ExitCode::kDone;
  }
  return UsageError(
      fmt::format("there is no setting `{}`; there are {}", wanted, fmt::join(known, ", ")));
}

absl::StatusOr<ExitCode> RunSet(Session& session) {
  const std::string key = session.Text("KEY");
  const std::string value = session.Text("VALUE");
  GAVEL_RETURN_IF_ERROR(CheckSetting(key, value));
  const std::string path = UserFile(session.environment());
  if (path.empty()) return UsageError("there is no folder for settings: set HOME");
  const auto before = ReadFile(path);
  if (!before.ok() && !absl::IsNotFound(before.status())) return before.status();
  GAVEL_ASSIGN_OR_RETURN(const std::string after,
                         WithSetting(before.ok() ? *before : "", path, key, value));
  GAVEL_RETURN_IF_ERROR(WriteFileAtomically(path, after));
  session.output().JsonObject({{"key", key}, {"value", value}, {"source", path}});
  session.output().Note(fmt::format("{} {} is {} in {}", session.output().Styled(Tone::kGood, "✓"),
                                    key, value, path));
  return ExitCode::kDone;
}

}  // namespace

std::vector<Command> ConfigCommands() {
  Command set = {
      "config set",
      Group::kTools,
      "Change a setting of client.yaml.",
      {{"KEY", "server, as, timeout or token_file", Arity::kOne, "server|as|timeout|token_file"},
       {"VALUE", "its new value"}},
      {},
      "gavel config set server https://gavel.example:443",
      RunSet};
  set.needs_config = false;  // A setting that is wrong has to be changed somehow.
  return {{"config",
           Group::kTools,
           "List every setting with its value and where it comes from.",
           {},
           {},
           "gavel config",
           RunList},
          {"config get",
           Group::kTools,
           "Print one setting.",
           {{"KEY",
             "server, as, timeout, token_file, area, base, repository, specs, template, token or "
             "version",
             Arity::kOne,
             "server|as|timeout|token_file|area|base|repository|specs|template|token|version"}},
           {},
           "gavel config get server",
           RunGet},
          std::move(set)};
}

}  // namespace gavel::cli
