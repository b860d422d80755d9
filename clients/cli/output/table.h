// A table of texts in the columns of a terminal.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace gavel::cli {

// The lines of each of `rows`: columns two blanks apart, as wide as their longest cell. Where that
// is more than `width` columns, texts are wrapped at blanks, the widest column first. A column of
// single words (keys, states, ids) never is, so the lines may still be longer than `width`. Columns
// are code points, and colours (`ESC [ … m`) take none.
std::vector<std::vector<std::string>> TableLines(const std::vector<std::vector<std::string>>& rows,
                                                 size_t width);

}  // namespace gavel::cli
