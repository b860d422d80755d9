#include "clients/cli/lsp/setup.h"

#include <utility>

namespace gavel::cli {
namespace {

// No checkout: its `.gavel.yaml` is not read.
constexpr char kNoFolder[] = "";

void SetText(Arguments& arguments, const std::string& key, const std::string& value) {
  if (!value.empty()) arguments.Set(key, {value});
}

}  // namespace

absl::Status MakeSetup(const Arguments& arguments, const Environment& environment,
                       const lsp::Settings& settings, const std::string& folder, LspSetup& setup) {
  setup.arguments = arguments;
  SetText(setup.arguments, "server", settings.server);
  SetText(setup.arguments, "rules", settings.rules);
  setup.environment = environment;
  setup.environment.stdin_terminal = false;
  setup.environment.stdout_terminal = false;
  setup.environment.stderr_terminal = false;
  auto config =
      LoadConfig(setup.arguments, setup.environment, settings.restricted ? kNoFolder : folder);
  const absl::Status status = config.status();
  if (!config.ok()) config = LoadConfig(setup.arguments, setup.environment, kNoFolder);
  setup.config = config.ok() ? *std::move(config) : Config();
  return status;
}

}  // namespace gavel::cli
