// Words into lines.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gavel::cli {

// `text` broken at spaces into lines of at most `width` bytes; a longer word has a line of its own.
// At least one line, which may be empty.
std::vector<std::string> Wrap(std::string_view text, int width);

// `text` broken at spaces into lines of at most `width` columns, those after the first indented by
// `indent`. Unlike Wrap it keeps runs of spaces: what is aligned stays so. Columns are code points,
// and colours (`ESC [ digits m`) take none.
std::vector<std::string> WrapHanging(std::string_view text, size_t width, size_t indent);

// The same for a cell of a table: not indented, and a word that is longer than `width` is cut.
std::vector<std::string> WrapCell(std::string_view text, size_t width);

// Columns that `text` takes: code points, without colours.
size_t ColumnsOf(std::string_view text);

}  // namespace gavel::cli
