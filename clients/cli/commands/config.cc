// config: what is set, and where each value comes from.
#include "clients/cli/commands/commands.h"

namespace gavel::cli {

std::vector<Command> ConfigCommands() { return {}; }

}  // namespace gavel::cli
