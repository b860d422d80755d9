// Manual pages, made from the command table: scdoc(5) text, which the build renders.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "clients/cli/command.h"

namespace gavel::cli {

// `gavel __man` lists the pages, `gavel __man NAME` prints one. For the build, not for people.
inline constexpr char kManWord[] = "__man";

// `gavel`, then one for each command or noun in the order of the help: `gavel-submit` …
std::vector<std::string> ManPageNames(std::span<const Command> commands);

// The page of that name in section 1; empty for a name that ManPageNames does not list.
std::string ManPage(std::span<const Command> commands, const std::string& name);

}  // namespace gavel::cli
