// How wide the terminal is.
#pragma once

namespace gavel::cli {

// Columns of stdout; 80 where it does not say. Never below 40: narrower cannot be read.
int TerminalWidth();

}  // namespace gavel::cli
