// lsp: the language server for editors.
#include "clients/cli/commands/commands.h"

namespace gavel::cli {

std::vector<Command> LspCommands() { return {}; }

}  // namespace gavel::cli
