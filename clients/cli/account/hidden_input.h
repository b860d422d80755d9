// A word typed at a terminal that does not show it.
#pragma once

#include <istream>
#include <string>

namespace gavel::cli {

// One line of `in`, which reads stdin. While it waits the terminal does not echo; Ctrl-C ends the
// process with the echo back on.
std::string ReadHidden(std::istream& in);

}  // namespace gavel::cli
