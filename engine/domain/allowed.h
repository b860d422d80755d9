// What somebody can ask of a spec now, as they would read it: not only what state and role allow,
// but also what there is to act on.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/domain/situation.h"

namespace gavel {

// Names of the public commands that `person` may use, sorted. A command may still be refused for
// what its request holds; one that is missing here is refused whatever it holds.
std::vector<std::string> AllowedCommandsOf(const Situation& situation, std::string_view person);

}  // namespace gavel
