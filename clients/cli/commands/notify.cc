// notify: what the bot would send, where.
#include "clients/cli/commands/commands.h"

namespace gavel::cli {

std::vector<Command> NotifyCommands() { return {}; }

}  // namespace gavel::cli
