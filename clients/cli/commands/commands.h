// The command table, one function per file of this folder. The order is that of the help.
#pragma once

#include <vector>

#include "clients/cli/command.h"

namespace gavel::cli {

std::vector<Command> NewCommands();              // new
std::vector<Command> CheckCommands();            // check
std::vector<Command> SubmitCommands();           // submit
std::vector<Command> StatusCommands();           // status, inbox
std::vector<Command> WhichCommands();            // which
std::vector<Command> LifecycleCommands();        // pull-back, defer, resume, withdraw, reopen
std::vector<Command> RequestCommands();          // request …
std::vector<Command> ViewCommands();             // view
std::vector<Command> CommentCommands();          // comment
std::vector<Command> ConcernCommands();          // concern …
std::vector<Command> PositionCommands();         // position
std::vector<Command> ReviewerCommands();         // reviewers, away
std::vector<Command> MeetingReadCommands();      // meeting list, show, agenda, packet, minutes
std::vector<Command> MeetingQueueCommands();     // meeting queue
std::vector<Command> MeetingPlanCommands();      // meeting pin, session, reschedule, go, …
std::vector<Command> MeetingRunCommands();       // meeting open, item, notes, attend, close, …
std::vector<Command> MeetingOutcomeCommands();   // meeting outcome, undo
std::vector<Command> MeetingSimulateCommands();  // meeting simulate
std::vector<Command> MeetingAttendeeCommands();  // meeting read, pulse
std::vector<Command> MeetingIcsCommands();       // meeting ics
std::vector<Command> DecisionCommands();
std::vector<Command> DecisionExportCommands();  // decision …
std::vector<Command> HealthCommands();          // health
std::vector<Command> RulesCommands();           // rules …
std::vector<Command> ExplainCommands();         // explain
std::vector<Command> WatchCommands();           // watch
std::vector<Command> AuthCommands();            // auth login, status, token, logout
std::vector<Command> ConfigCommands();          // config
std::vector<Command> DoctorCommands();          // doctor
std::vector<Command> ApiCommands();             // api
std::vector<Command> CompletionCommands();      // completion, __complete
std::vector<Command> DiffCommands();            // diff
std::vector<Command> NotifyCommands();          // notify …
std::vector<Command> LspCommands();             // lsp
std::vector<Command> DevCommands();             // dev clock

std::vector<Command> AllCommands();

// `-m` and `-F`, for the commands that take a text.
Flag MessageFlag(std::string help);
Flag FileFlag();
// `--why`, required.
Flag WhyFlag(std::string help);
Flag EtagFlag();
// For programs that repeat a command until it is answered: it takes effect once.
Flag RequestIdFlag();
Positional SpecPositional();

}  // namespace gavel::cli
