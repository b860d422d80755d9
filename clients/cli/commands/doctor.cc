// doctor: looks for what would go wrong.
#include "clients/cli/commands/commands.h"

namespace gavel::cli {

std::vector<Command> DoctorCommands() { return {}; }

}  // namespace gavel::cli
