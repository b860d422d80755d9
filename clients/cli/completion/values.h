// The values that completion asks the server for. It never asks the user, never says that something
// failed, and never keeps a shell waiting.
#pragma once

#include <vector>

#include "clients/cli/command.h"
#include "clients/cli/completion/completion.h"
#include "clients/cli/settings/environment.h"

namespace gavel::cli {

// How long the server may take, and how long an answer is good enough for the next Tab.
inline constexpr absl::Duration kCompletionPatience = absl::Milliseconds(300);
inline constexpr absl::Duration kCompletionMaxAge = absl::Minutes(1);

// Values of `kind`, from the state folder where an answer of the last minute lies there, else from
// the server of the settings. Empty where there is none within kCompletionPatience, where signing
// in is needed, and where only a checkout names the server. Values that a shell or terminal could
// take for more than text are left out.
std::vector<Candidate> CompletionValues(const Environment& environment, ValueKind kind,
                                        const TypedValues& typed);

}  // namespace gavel::cli
