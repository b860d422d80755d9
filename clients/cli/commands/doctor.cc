// doctor: whether everything that the other commands need is there.
#include <algorithm>

#include "clients/cli/commands/commands.h"
#include "clients/cli/diagnosis.h"
#include "fmt/format.h"

namespace gavel::cli {
namespace {

std::string Word(Health health) {
  switch (health) {
    case Health::kOk:
      return "ok";
    case Health::kWarn:
      return "warn";
    case Health::kFail:
      return "fail";
  }
  return "";
}

Tone ToneOf(Health health) {
  if (health == Health::kOk) return Tone::kGood;
  return health == Health::kWarn ? Tone::kWarn : Tone::kBad;
}

void Show(Output& output, const Diagnosis& one) {
  const std::string word =
      output.Styled(ToneOf(one.health), fmt::format("{:<4}", Word(one.health)));
  output.Line(fmt::format("{}  {:<8}  {}", word, one.part, one.text));
  if (!one.fix.empty()) output.Line(fmt::format("{:16}{}", "", "fix: " + one.fix));
}

absl::StatusOr<ExitCode> RunDoctor(Session& session) {
  const std::vector<Diagnosis> found = Diagnose(session);
  std::vector<JsonExtras> rows;
  for (const Diagnosis& one : found) {
    Show(session.output(), one);
    rows.push_back(
        {{"part", one.part}, {"result", Word(one.health)}, {"text", one.text}, {"fix", one.fix}});
  }
  session.output().JsonArray(rows);
  const bool fails = std::any_of(found.begin(), found.end(),
                                 [](const Diagnosis& one) { return one.health == Health::kFail; });
  return fails ? ExitCode::kNo : ExitCode::kDone;
}

}  // namespace

std::vector<Command> DoctorCommands() {
  Command doctor = {"doctor",
                    Group::kTools,
                    "Check settings, server, token, clock, git and keyring, and say what to do.",
                    {},
                    {},
                    "gavel doctor",
                    RunDoctor};
  doctor.needs_config = false;
  return {std::move(doctor)};
}

}  // namespace gavel::cli
