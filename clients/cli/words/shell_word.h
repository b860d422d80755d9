// Words of a command line that people copy from the screen into a shell.
#pragma once

#include <string>
#include <string_view>

namespace gavel::cli {

// `text` as one word of a POSIX shell, whatever is in it: bare where that is safe, else in single
// quotes. What a terminal would not show is written as `$'\342\200\256'`, which bash, zsh and ksh
// read. Names of files, branches and concerns are chosen by others.
std::string ShellWord(std::string_view text);

// The same for a path: one that begins with `-` would be taken for a flag.
std::string ShellPath(std::string_view path);

}  // namespace gavel::cli
