// api: any method of the server, by reflection.
#include "clients/cli/commands/commands.h"

namespace gavel::cli {

std::vector<Command> ApiCommands() { return {}; }

}  // namespace gavel::cli
