// The commands of the noun `rules`, one function per file of this folder.
#pragma once

#include <vector>

#include "clients/cli/commands/commands.h"
#include "clients/cli/session.h"
#include "gavel/v1/date.pb.h"

namespace gavel::cli {

std::vector<Command> RulesCheckCommands();     // rules check
std::vector<Command> RulesTestCommands();      // rules test
std::vector<Command> RulesDiffCommands();      // rules diff
std::vector<Command> RulesShowCommands();      // rules show
std::vector<Command> RulesExplainCommands();   // rules explain
std::vector<Command> RulesHistoryCommands();   // rules backtest, suggest
std::vector<Command> RulesPublishCommands();   // rules approve, publish, rollback
std::vector<Command> RulesAuditCommands();     // rules audit, health, breaker
std::vector<Command> RulesEnvelopeCommands();  // rules envelope check
std::vector<Command> RulesReplayCommands();    // rules replay

// The day of --as-of, else today.
absl::StatusOr<v1::Date> AsOf(Session& session);
Flag AsOfFlag();

}  // namespace gavel::cli
