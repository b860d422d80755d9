// The scripts that make shells ask `gavel __complete`. They know shells, and nothing of gavel.
#pragma once

#include <string_view>

namespace gavel::cli {

// The script for `bash`, `zsh` or `fish`; empty for another word.
std::string_view CompletionScript(std::string_view shell);

}  // namespace gavel::cli
