// completion: the script that teaches a shell to complete gavel's command lines.
#include "clients/cli/completion/scripts.h"

#include "clients/cli/commands/commands.h"
#include "clients/cli/session.h"
#include "fmt/format.h"

namespace gavel::cli {
namespace {

absl::StatusOr<ExitCode> RunCompletion(Session& session) {
  const std::string shell = session.Text("SHELL");
  const std::string_view script = CompletionScript(shell);
  if (script.empty()) {
    return UsageError(fmt::format("`{}` is not one of bash, zsh, fish", shell));
  }
  session.output().Raw(script);
  return ExitCode::kDone;
}

}  // namespace

std::vector<Command> CompletionCommands() {
  return {{"completion",
           Group::kTools,
           "Print the completion script for a shell.",
           {{"SHELL", "bash, zsh or fish", Arity::kOne, "bash|zsh|fish"}},
           {},
           "gavel completion bash > ~/.local/share/bash-completion/completions/gavel",
           RunCompletion}};
}

}  // namespace gavel::cli
