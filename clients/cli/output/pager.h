// Long text through the user's pager.
#pragma once

#include <string>

#include "clients/cli/session.h"

namespace gavel::cli {

// Shows `text`, without what a terminal obeys, in $PAGER, else `less -FIRX`, where stdout is a
// terminal; else writes it there.
void Page(Session& session, const std::string& text);

}  // namespace gavel::cli
