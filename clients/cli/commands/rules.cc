#include "clients/cli/commands/rules.h"

#include <utility>

#include "absl/time/clock.h"
#include "clients/cli/words/time_text.h"

namespace gavel::cli {

std::vector<Command> RulesCommands() {
  std::vector<Command> all;
  for (auto* group :
       {RulesCheckCommands, RulesTestCommands, RulesDiffCommands, RulesHistoryCommands,
        RulesShowCommands, RulesExplainCommands, RulesPublishCommands, RulesAuditCommands,
        RulesEnvelopeCommands, RulesReplayCommands}) {
    for (Command& command : group()) all.push_back(std::move(command));
  }
  return all;
}

absl::StatusOr<v1::Date> AsOf(Session& session) {
  return session.Has("as-of") ? ParseDate(session.Text("as-of")) : Today(absl::Now());
}

Flag AsOfFlag() { return {"--as-of", "DATE", "as on this day; today by default"}; }

}  // namespace gavel::cli
