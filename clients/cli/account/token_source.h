// Which token goes to the server of this run. The first that has one wins: GAVEL_TOKEN_FILE,
// GAVEL_TOKEN, `token_file` of a settings file, the keyring, a stored file. The last two hold one
// token per server and are never asked for another.
#pragma once

#include <string>

#include "clients/cli/settings/config.h"
#include "clients/cli/settings/environment.h"

namespace gavel::cli {

struct TokenInUse {
  std::string value;    // Empty for none.
  std::string from;     // `GAVEL_TOKEN_FILE`, `keyring`, or the path of a file.
  std::string warning;  // About how it is kept; empty where that is well.
  std::string problem;  // Why the keyring was of no help; empty where it was, or was not asked.
};

inline constexpr char kKeyring[] = "keyring";

// Somebody who says `--as` or GAVEL_AS talks to a development server: nothing stored is looked up.
// `unlock`: the desktop may ask for the keyring's password. Blocks on the session bus.
TokenInUse FindToken(const Config& config, const Environment& environment, bool unlock);

// What `gavel auth login` stored for `server`, wherever.
TokenInUse FindStoredToken(const std::string& server, const Environment& environment, bool unlock);

}  // namespace gavel::cli
