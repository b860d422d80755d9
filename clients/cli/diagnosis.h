// What `gavel doctor` looks at: one finding per part that has to work for the rest to work.
#pragma once

#include <string>
#include <vector>

#include "clients/cli/session.h"

namespace gavel::cli {

enum class Health { kOk, kWarn, kFail };

struct Diagnosis {
  std::string part;  // `server`, `token`, `git`
  Health health = Health::kOk;
  std::string text;  // What was found.
  std::string fix;   // What to do about it; empty where all is well.
};

// Never fails as a whole: what cannot be reached is a finding. Sends nothing but GetServerInfo, and
// nothing at all to a server that only a repository names. Blocks up to the timeout.
std::vector<Diagnosis> Diagnose(Session& session);

// The part that is the server's: whether it answers, as whom, since when.
std::vector<Diagnosis> DiagnoseServer(Session& session);

}  // namespace gavel::cli
