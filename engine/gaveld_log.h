// How gaveld logs: one logfmt line per event on stderr, coloured on a terminal only.
#pragma once

#include <string>

namespace gavel {

// `level`: trace, debug, info, warn, error or off.
void SetUpLog(const std::string& level);

}  // namespace gavel
