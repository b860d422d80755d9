// What the commands of `gavel notify` share.
#pragma once

#include <vector>

#include "absl/status/statusor.h"
#include "clients/chat/config.h"
#include "clients/cli/command.h"
#include "clients/cli/session.h"

namespace gavel::cli {

// The file of --config. Errors: INVALID_ARGUMENT, one line for each problem.
absl::StatusOr<chat::Config> NotifyConfig(Session& session);
Flag NotifyConfigFlag();

std::vector<Command> NotifyBotCommands();  // notify test, log, replay

}  // namespace gavel::cli
