// completion: completion for shells.
#include "clients/cli/commands/commands.h"

namespace gavel::cli {

std::vector<Command> CompletionCommands() { return {}; }

}  // namespace gavel::cli
