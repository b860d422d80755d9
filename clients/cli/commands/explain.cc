// explain: what a finding code means, and why a spec is where it is.
#include "rules/explain.h"
#include "clients/cli/commands/commands.h"
#include "clients/cli/show_spec.h"
#include "clients/cli/spec_argument.h"
#include "engine/base/status_macros.h"
#include "fmt/format.h"
#include "fmt/ranges.h"

namespace gavel::cli {
namespace {

// `GV204` in any case. No spec key has this form: a key has a dash.
bool IsFindingCode(const std::string& text) {
  return text.size() >= 4 && text.find_first_of("-./") == std::string::npos;
}

absl::StatusOr<ExitCode> ExplainFinding(Session& session, const std::string& code) {
  const std::string text = rules::ExplainCode(code);
  if (text.empty()) return absl::NotFoundError("no finding has the code " + code);
  session.output().Line(text);
  return ExitCode::kDone;
}

absl::StatusOr<ExitCode> RunExplain(Session& session) {
  const std::string what = session.Text("WHAT");
  if (IsFindingCode(what)) return ExplainFinding(session, what);
  GAVEL_ASSIGN_OR_RETURN(const std::string key, SpecKey(session, what));
  GAVEL_ASSIGN_OR_RETURN(const v1::ExplainSpecResponse why, Explain(session, key));
  Output& output = session.output();
  output.Json(why);
  output.Line(fmt::format("{} — {}", output.Styled(Tone::kStrong, key), why.state_text()));
  for (const std::string& line : why.verdict_lines()) output.Line("  " + line);
  if (!why.queue_text().empty()) output.Line(why.queue_text());
  output.Line(fmt::format("You may: {}", why.allowed().empty()
                                             ? std::string("nothing now")
                                             : fmt::format("{}", fmt::join(why.allowed(), ", "))));
  return ExitCode::kDone;
}

}  // namespace

std::vector<Command> ExplainCommands() {
  return {{"explain",
           Group::kTools,
           "Explain a finding code, or why a spec is where it is.",
           {{"WHAT", "a code like GV204, a key like MEDIA-42, or a spec file"}},
           {},
           "gavel explain GV204",
           RunExplain}};
}

}  // namespace gavel::cli
