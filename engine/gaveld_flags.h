// The command line of gaveld.
#pragma once

#include <optional>
#include <string>

#include "absl/time/time.h"
#include "engine/rpc/listen_address.h"

namespace gavel {

struct GaveldFlags {
  rpc::ListenAddress listen;
  std::string address_file;  // Gets the bound address once serving; empty: none.
  std::string state_dir;
  std::string policy_dir;
  std::string tokens_file;     // Empty: none.
  std::string audit_key_file;  // Made on the first start where there is none; empty: no secret.
  bool dev = false;
  std::optional<absl::Time> dev_now;
  bool release_timer_brake = false;
  std::string log_level;
  bool check_config = false;
};

// What to do after the command line was read.
struct FlagsResult {
  std::optional<GaveldFlags> flags;  // Nothing: print `text` and exit with `exit_code`.
  int exit_code = 0;                 // 0 for --help and --version, 2 for a mistake.
  std::string text;
};

// Reads the command line, and `XDG_STATE_HOME` and `HOME` for defaults. Refuses what could not
// work: an address that others can reach (without TLS tokens would travel in the clear), --dev-now
// without
// --dev, or a server that nobody could sign in to.
FlagsResult ParseGaveldFlags(int argc, const char* const* argv);

}  // namespace gavel
