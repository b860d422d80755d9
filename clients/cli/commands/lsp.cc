// lsp: the language server for editors.
#include <unistd.h>

#include <cstdlib>
#include <iostream>

#include "clients/cli/commands/commands.h"
#include "clients/cli/lsp/host.h"
#include "clients/cli/lsp/loop.h"
#include "clients/cli/session.h"

namespace gavel::cli {
namespace {

absl::StatusOr<ExitCode> RunLsp(Session& session) {
  if (session.environment().stdin_terminal) {
    return UsageError("an editor starts `gavel lsp` and talks to it; see docs/editors.md");
  }
  Mailbox mailbox;
  LspHost host(session.arguments(), session.environment(), mailbox);
  lsp::Server server(host);
  const int code = ServeClient(server, mailbox, STDIN_FILENO, STDOUT_FILENO);
  // An editor that closes does not wait for calls that are under way; none leaves a mark halfway.
  std::cerr.flush();
  std::_Exit(code);
}

}  // namespace

std::vector<Command> LspCommands() {
  return {
      {.name = "lsp",
       .group = Group::kTools,
       .summary = "Serve an editor: findings, completion and more as you type.",
       .flags = {{"--stdio", "", "what editors add; nothing else is spoken", FlagKind::kSwitch}},
       .example = "gavel lsp",
       .run = RunLsp,
       .needs_config = false,
       .in_checkout = false}};
}

}  // namespace gavel::cli
