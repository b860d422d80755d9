// From the server's names for commands and fields to what is typed here.
#pragma once

#include <string>
#include <string_view>

namespace gavel::cli {

// `message` with each name of an API command as its command line: "`gavel meeting open` is not
// possible: …". A list of commands names each command line once. Names without a command line stay.
// Pure.
std::string WithTypedCommands(std::string_view message);

// `message` with each field that has a flag as that flag: "--at: lies on Sat 28 Nov". Only for
// messages about fields, as these names are words, too. Pure.
std::string WithTypedFields(std::string_view message);

}  // namespace gavel::cli
