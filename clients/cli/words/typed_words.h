// From the server's names for commands and fields to what is typed here.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"

namespace gavel::cli {

// `message` with each name of an API command as its command line: "`gavel meeting open` is not
// possible: …". A list of commands names each command line once. Names without a command line stay.
// Pure.
std::string WithTypedCommands(std::string_view message);

// `message` with each field that has a flag as that flag: "--at: lies on Sat 28 Nov". Only for
// messages about fields, as these names are words, too. Pure.
std::string WithTypedFields(std::string_view message);

// The command lines for `commands` of the API, each once: what only a program asks for is left out.
std::vector<std::string> TypedCommands(const std::vector<std::string>& commands);

// The message of an error with what is typed here: the server speaks of the API.
std::string TypedMessage(const absl::Status& status);

}  // namespace gavel::cli
