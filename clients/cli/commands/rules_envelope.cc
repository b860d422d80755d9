// rules envelope check: what is about to be built, compared with what was approved.
#include "clients/cli/commands/rules.h"
#include "clients/cli/document/evidence.h"
#include "clients/cli/spec_argument.h"
#include "clients/cli/words/time_text.h"
#include "engine/base/status_macros.h"
#include "fmt/format.h"
#include "gavel/v1/rules_service.pb.h"

namespace gavel::cli {
namespace {

void ShowBreaches(Output& output, const v1::CheckEnvelopeResponse& response) {
  for (const v1::EnvelopeBreach& breach : response.breaches()) {
    output.Line(
        fmt::format("{} {}: {}", output.Styled(Tone::kBad, "✗"), breach.field(), breach.message()));
  }
  for (const std::string& warning : response.warnings()) {
    output.Line(fmt::format("{} {}", output.Styled(Tone::kWarn, "?"), warning));
  }
}

void ShowResult(Output& output, const std::string& spec,
                const v1::CheckEnvelopeResponse& response) {
  const std::string until = DateText(response.envelope().expires());
  if (response.inside()) {
    output.Line(fmt::format("{} Inside what {} was approved for, until {}.",
                            output.Styled(Tone::kGood, "✓"), spec, until));
    return;
  }
  output.Line(fmt::format("Outside what {} was approved for.", spec));
  if (response.reported()) {
    output.Note("Reported: the approval is challenged, and people look at it.");
  } else {
    output.Note(
        fmt::format("Submit what changed, or report it: gavel rules envelope check {} "
                    "--report …",
                    spec));
  }
}

absl::StatusOr<ExitCode> RunEnvelopeCheck(Session& session) {
  v1::CheckEnvelopeRequest request;
  GAVEL_ASSIGN_OR_RETURN(const auto evidence, ReadEvidence(session));
  if (evidence.empty()) {
    return UsageError("nothing to compare: give --plan, --score or --catalog-info");
  }
  request.mutable_evidence()->Add(evidence.begin(), evidence.end());
  GAVEL_ASSIGN_OR_RETURN(*request.mutable_spec(), SpecKey(session));
  request.set_report(session.Has("report"));
  GAVEL_ASSIGN_OR_RETURN(const auto response, session.Call<v1::CheckEnvelopeResponse>(request));
  session.output().Json(response);
  ShowBreaches(session.output(), response);
  ShowResult(session.output(), request.spec(), response);
  return response.inside() ? ExitCode::kDone : ExitCode::kNo;
}

}  // namespace

std::vector<Command> RulesEnvelopeCommands() {
  std::vector<Flag> flags = EvidenceFlags();
  flags.push_back(
      {"--report", "", "challenge the approval where it is outside", FlagKind::kSwitch});
  return {{"rules envelope check",
           Group::kTools,
           "Compare a plan with what a spec was approved for; exit 1 where it is outside.",
           {SpecPositional()},
           std::move(flags),
           "gavel rules envelope check MEDIA-42 --plan plan.json",
           RunEnvelopeCheck}};
}

}  // namespace gavel::cli
