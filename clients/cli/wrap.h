// Words into lines.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gavel::cli {

// `text` broken at spaces into lines of at most `width` bytes; a longer word has a line of its own.
// At least one line, which may be empty.
std::vector<std::string> Wrap(std::string_view text, int width);

}  // namespace gavel::cli
