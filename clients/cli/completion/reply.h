// `gavel __complete`, which the scripts of `gavel completion` call at every Tab.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "clients/cli/command.h"
#include "clients/cli/settings/environment.h"

namespace gavel::cli {

inline constexpr char kCompleteWord[] = "__complete";

// The answer for `words`: the shell, then the command line without the program up to the cursor,
// quoted as that shell hands it over (bash as typed, fish only the last word as typed, zsh plain).
//
//   :specs TAB current word      what the shell adds: none, files, folders or specs
//   VALUE TAB DESCRIPTION        one line for each candidate
std::string CompletionReply(std::span<const Command> commands, const Environment& environment,
                            std::vector<std::string> words);

// `text` without the quotes and backslashes of a shell; an open quote ends with the text. Pure.
std::string WithoutQuotes(const std::string& text);

}  // namespace gavel::cli
