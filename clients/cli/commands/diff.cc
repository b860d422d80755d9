// diff: what changed between two revisions.
#include "clients/cli/commands/commands.h"

namespace gavel::cli {

std::vector<Command> DiffCommands() { return {}; }

}  // namespace gavel::cli
