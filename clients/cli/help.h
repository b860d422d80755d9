// Help texts, made from the command table.
#pragma once

#include <span>
#include <string>

#include "clients/cli/command.h"

namespace gavel::cli {

// `topic` is empty for the overview, a noun (`meeting`) for its commands, or a command's name.
std::string HelpText(std::span<const Command> commands, const std::string& topic);

}  // namespace gavel::cli
