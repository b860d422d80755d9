// The pages of docs/findings, inside the program: `gavel explain GV204` works without a network.
#pragma once

#include <string_view>

namespace gavel::cli {

// The Markdown of the page about `code` (`GV204`) below its title; empty where there is none. The
// build writes the definition.
std::string_view FindingPage(std::string_view code);

}  // namespace gavel::cli
