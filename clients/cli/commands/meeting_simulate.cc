// meeting simulate: a history of reviews through the weekly meeting, offline.
#include <sys/resource.h>

#include "absl/time/clock.h"
#include "clients/cli/commands/commands.h"
#include "clients/cli/session.h"
#include "clients/cli/show/simulation.h"
#include "clients/cli/simulation_settings.h"
#include "engine/base/status_macros.h"
#include "engine/simulation/history.h"
#include "engine/simulation/simulate.h"
#include "fmt/format.h"

namespace gavel::cli {
namespace {

using simulation::History;
using simulation::Settings;

// The most memory that the process has had, MiB.
int64_t PeakMemory() {
  struct rusage usage = {};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss / 1024;
}

absl::StatusOr<SimulationRun> Play(Session& session, const std::string& name,
                                   const History& history, const Settings& settings) {
  Output& output = session.output();
  size_t shown = 101;  // Percent.
  const auto on_progress = [&](absl::Time now, size_t done, size_t all) {
    const size_t percent = all == 0 ? 100 : 100 * done / all;
    if (percent == shown) return;
    shown = percent;
    output.Progress(fmt::format("{}: {} %, {} …", name, percent,
                                absl::FormatTime("%b %Y", now, absl::UTCTimeZone())));
  };
  const absl::Time start = absl::Now();
  GAVEL_ASSIGN_OR_RETURN(simulation::Report report, Simulate(history, settings, on_progress));
  if (session.Has("verbose")) {
    output.Warn(fmt::format("{}: {:.1f} s, {} MiB at most", name,
                            absl::ToDoubleSeconds(absl::Now() - start), PeakMemory()));
  }
  return SimulationRun{name, std::move(report)};
}

absl::StatusOr<ExitCode> RunSimulate(Session& session) {
  GAVEL_ASSIGN_OR_RETURN(const Settings settings, SimulationSettings(session.arguments()));
  GAVEL_ASSIGN_OR_RETURN(const Settings other, WhatIf(settings, session.Text("what-if")));
  const std::string file = session.Text("history");
  GAVEL_ASSIGN_OR_RETURN(const std::string text, session.TextOfFile(file));
  GAVEL_ASSIGN_OR_RETURN(const History history,
                         simulation::ReadHistory(file == "-" ? "stdin" : file, text));

  Output& output = session.output();
  std::vector<SimulationRun> runs;
  GAVEL_ASSIGN_OR_RETURN(SimulationRun now, Play(session, "now", history, settings));
  runs.push_back(std::move(now));
  if (session.Has("what-if")) {
    GAVEL_ASSIGN_OR_RETURN(SimulationRun changed, Play(session, "what if", history, other));
    runs.push_back(std::move(changed));
  }
  output.Note(fmt::format("{}: {}.", settings.area, SettingsText(settings)));
  if (runs.size() == 2) output.Note(fmt::format("What if: {}.", SettingsText(other)));
  ShowSimulation(output, runs,
                 {.meetings = session.Has("meetings"), .refusals = session.Has("verbose")});
  return ExitCode::kDone;
}

}  // namespace

std::vector<Command> MeetingSimulateCommands() {
  return {{"meeting simulate",
           Group::kMeeting,
           "Play a history of reviews through the weekly meeting; offline, nothing is stored.",
           {},
           {{"--history", "FILE", "JSON Lines, one event each, by time; - is stdin",
             FlagKind::kText, true},
            {"--capacity", "N", "specs a meeting, 1 to 3 (default 3)"},
            {"--timebox-min", "MINUTES", "every spec takes this long; else what its facts say"},
            {"--from", "DATE", "leave out specs that were first submitted before"},
            {"--to", "DATE", "stop after this day; else when nobody waits any more"},
            {"--weekday", "mon|tue|wed|thu|fri", "of the meeting; thu by default"},
            {"--zone", "ZONE", "of the meeting and its business days (default UTC)"},
            {"--area", "TEXT", "a name for the report"},
            {"--what-if", "SETTINGS", "also play it with these changed, and compare"},
            {"--meetings", "", "also list every meeting with its specs", FlagKind::kSwitch},
            {"--verbose", "", "also what was refused; run time and memory on stderr",
             FlagKind::kSwitch}},
           "gavel meeting simulate --history reviews.jsonl --what-if capacity=2,timebox-min=25",
           RunSimulate}};
}

}  // namespace gavel::cli
