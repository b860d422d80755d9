// Texts of people made safe to show. Titles, comments and rationales are hostile input: they may
// carry what a terminal obeys, what nobody sees, or line feeds that forge a line of ours.
#pragma once

#include <string>
#include <string_view>

namespace gavel::cli {

// `text` as check::VisibleText has it, without what a terminal obeys. What stands behind
// `own_mark`, up to the next `m`, is a colour of ours and becomes one
// (`ESC [ … m`); the mark must be one that nobody can guess. Empty: no colours. O(bytes).
std::string ShownText(std::string_view text, std::string_view own_mark = "");

// The begin of colours of ours in a text that has those of others in it, too: made anew for every
// run. Like a colour it begins with an escape, and the whole ends with `m`.
std::string NewColorMark();

// `text` with a blank for each line break and tab, so that it cannot forge a line of ours. Unlike
// OneLine it keeps the runs of blanks by which columns are aligned.
std::string Unbroken(std::string_view text);

// `text` on one line: line feeds and runs of blanks are one blank each. For titles and names.
std::string OneLine(std::string_view text);

// `text` with every line but the first behind `columns` blanks, so that none of them stands where
// a line of ours begins. For a rationale behind its label.
std::string Hanging(std::string_view text, size_t columns);

// Every line of `text` behind `indent` and `> `, as mail quotes.
std::string Quoted(std::string_view text, std::string_view indent);

}  // namespace gavel::cli
