// auth: sign in: which token for which server, and where it lies.
#include "clients/cli/commands/commands.h"

namespace gavel::cli {

std::vector<Command> AuthCommands() { return {}; }

}  // namespace gavel::cli
