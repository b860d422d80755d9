// Texts of people made safe to show. Titles, comments and rationales are hostile input: they may
// carry what a terminal obeys, what nobody sees, or line feeds that forge a line of ours.
#pragma once

#include <string>
#include <string_view>

namespace gavel::cli {

// `text` without control characters (line feeds and tabs stay), bidi marks and invisible marks; of
// escapes only colours (`ESC [ digits m`) stay, where `color`. A byte that is no UTF-8 is U+FFFD: a
// terminal that reads bytes would take some for a command. O(bytes).
std::string ShownText(std::string_view text, bool color);

// `text` on one line: line feeds and runs of blanks are one blank each. For titles and names.
std::string OneLine(std::string_view text);

// `text` with every line but the first behind `columns` blanks, so that none of them stands where
// a line of ours begins. For a rationale behind its label.
std::string Hanging(std::string_view text, size_t columns);

// Every line of `text` behind `indent` and `> `, as mail quotes.
std::string Quoted(std::string_view text, std::string_view indent);

}  // namespace gavel::cli
