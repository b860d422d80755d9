#include "clients/cli/commands/commands.h"

#include <utility>

namespace gavel::cli {

std::vector<Command> AllCommands() {
  std::vector<Command> all;
  for (auto* group : {NewCommands,
                      CheckCommands,
                      SubmitCommands,
                      StatusCommands,
                      WhichCommands,
                      LifecycleCommands,
                      ViewCommands,
                      DiffCommands,
                      CommentCommands,
                      ConcernCommands,
                      PositionCommands,
                      RequestCommands,
                      ReviewerCommands,
                      MeetingReadCommands,
                      MeetingQueueCommands,
                      MeetingPlanCommands,
                      MeetingRunCommands,
                      MeetingOutcomeCommands,
                      MeetingAttendeeCommands,
                      MeetingSimulateCommands,
                      MeetingIcsCommands,
                      DecisionCommands,
                      DecisionExportCommands,
                      HealthCommands,
                      RulesCommands,
                      ExplainCommands,
                      WatchCommands,
                      NotifyCommands,
                      AuthCommands,
                      ConfigCommands,
                      CompletionCommands,
                      LspCommands,
                      DoctorCommands,
                      ApiCommands,
                      DevCommands}) {
    for (Command& command : group()) all.push_back(std::move(command));
  }
  return all;
}

Flag MessageFlag(std::string help) { return {"-m,--message", "TEXT", std::move(help)}; }

Flag FileFlag() { return {"-F,--file", "FILE", "read that text from a file; - is stdin"}; }

Flag WhyFlag(std::string help) {
  return {"-m,--why", "TEXT", std::move(help), FlagKind::kText, /*required=*/true};
}

Flag EtagFlag() { return {"--etag", "ETAG", "refuse if the spec has changed since"}; }

Flag RequestIdFlag() {
  return {"--request-id", "UUID", "a repeated command with the same id takes effect once"};
}

Positional SpecPositional() { return {"SPEC", "a key like MEDIA-42, or a spec file"}; }

}  // namespace gavel::cli
