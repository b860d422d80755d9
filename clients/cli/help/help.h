// Help texts, made from the command table.
#pragma once

#include <array>
#include <span>
#include <string>
#include <utility>

#include "clients/cli/command.h"

namespace gavel::cli {

// The groups of the overview, with their titles.
inline constexpr std::array<std::pair<Group, const char*>, 4> kHelpGroups = {
    {{Group::kAuthor, "AUTHOR"},
     {Group::kReview, "REVIEW"},
     {Group::kMeeting, "MEETING"},
     {Group::kTools, "TOOLS"}}};

// `topic` is empty for the overview, a noun (`meeting`) for its commands, or a command's name.
// Broken into lines for a terminal of `width` columns.
std::string HelpText(std::span<const Command> commands, const std::string& topic, int width = 100);

// `gavel defer SPEC --until DATE --for TEXT [FLAGS]`.
std::string UsageOf(const Command& command);

// `-m, --message TEXT`, `--wait[=STATE,…]`.
std::string FlagText(const Flag& flag);

}  // namespace gavel::cli
