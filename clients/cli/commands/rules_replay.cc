// rules replay: a stored verdict, evaluated again.
#include "clients/cli/commands/rules.h"
#include "clients/cli/show/spec.h"
#include "clients/cli/spec_argument.h"
#include "engine/base/status_macros.h"
#include "fmt/format.h"
#include "gavel/v1/rules_service.pb.h"

namespace gavel::cli {
namespace {

absl::StatusOr<ExitCode> RunReplay(Session& session) {
  v1::ReplayVerdictRequest request;
  GAVEL_ASSIGN_OR_RETURN(*request.mutable_spec(), SpecKey(session));
  GAVEL_ASSIGN_OR_RETURN(const int revision, RevisionOf(session));
  request.set_revision(revision);
  GAVEL_ASSIGN_OR_RETURN(const auto response, session.Call<v1::ReplayVerdictResponse>(request));
  Output& output = session.output();
  output.Json(response);
  const std::string pin = response.stored().pins().rule_set();
  if (response.equal()) {
    output.Line(fmt::format("{} {} the same, byte for byte, under {}",
                            output.Styled(Tone::kGood, "✓"), request.spec(), pin));
    return ExitCode::kDone;
  }
  output.Line(fmt::format("{} {} differs under {}: this is an incident",
                          output.Styled(Tone::kBad, "✗"), request.spec(), pin));
  for (const std::string& field : response.differences()) output.Line("    " + field);
  return ExitCode::kNo;
}

}  // namespace

std::vector<Command> RulesReplayCommands() {
  return {{"rules replay",
           Group::kTools,
           "Evaluate a stored verdict again; exit 1 where a byte differs.",
           {SpecPositional()},
           {{"--revision", "N", "of this revision; the current one by default"}},
           "gavel rules replay MEDIA-42",
           RunReplay}};
}

}  // namespace gavel::cli
