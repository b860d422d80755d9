// The whole program but its process: words in, exit code out.
#pragma once

#include <istream>
#include <ostream>
#include <string>
#include <vector>

#include "clients/cli/exit_code.h"
#include "clients/cli/settings/environment.h"

namespace gavel::cli {

// `words` without the program's name. Answers go to `out`, everything else to `err`.
ExitCode Run(const std::vector<std::string>& words, const Environment& environment,
             std::istream& in, std::ostream& out, std::ostream& err);

}  // namespace gavel::cli
