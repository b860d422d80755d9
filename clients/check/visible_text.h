// Texts of others made safe for a terminal and for the log of a CI system, which shows escapes too.
#pragma once

#include <string>
#include <string_view>

namespace gavel::check {

// `text` without control characters (line feeds and tabs stay), bidi marks, invisible marks and
// escapes. A line break that only some programs know is a blank. A byte that is no UTF-8 is U+FFFD:
// a terminal that reads bytes would take some for a command. O(bytes).
std::string VisibleText(std::string_view text);

// The same on one line: a blank for each line break and tab.
std::string VisibleLine(std::string_view text);

}  // namespace gavel::check
