// explain: what a finding code means, and why a spec is where it is.
#include "rules/explain.h"

#include <sstream>

#include "clients/cli/commands/commands.h"
#include "clients/cli/help/finding_pages.h"
#include "clients/cli/output/pager.h"
#include "clients/cli/output/shown_text.h"
#include "clients/cli/output/terminal_width.h"
#include "clients/cli/output/wrap.h"
#include "clients/cli/show/findings.h"
#include "clients/cli/show/spec.h"
#include "clients/cli/spec_argument.h"
#include "clients/cli/words/typed_words.h"
#include "engine/base/status_macros.h"
#include "fmt/format.h"
#include "fmt/ranges.h"
#include "rules/finding_codes.h"
#include "rules/text/words.h"

namespace gavel::cli {
namespace {

// `GV204` in any case. No spec key has this form: a key has a dash.
bool IsFindingCode(const std::string& text) {
  return text.size() >= 4 && text.find_first_of("-./") == std::string::npos;
}

// `error` for `**error**`.
std::string WithoutStars(std::string text) {
  std::erase(text, '*');
  return text;
}

std::vector<std::string> AllCodes() {
  std::vector<std::string> codes;
  for (const rules::FindingCode& code : rules::AllFindingCodes()) codes.emplace_back(code.code);
  return codes;
}

// In lines of the terminal's width; elsewhere as it is.
std::string Folded(const Output& output, const std::string& line) {
  if (!output.terminal()) return line + "\n";
  std::string text;
  for (const std::string& part : Wrap(line, TerminalWidth())) text += part + "\n";
  return text;
}

// The page about it as a terminal shows it: headings strong, the code in front, the address last.
std::string PageText(const Output& output, const rules::FindingCode& entry) {
  std::istringstream lines{std::string(FindingPage(entry.code))};
  std::string text;
  bool fenced = false;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("```")) {
      fenced = !fenced;
    } else if (text.empty()) {
      text = Folded(output, fmt::format("{}  {}", entry.code, WithoutStars(line)));
    } else if (line.starts_with("## ")) {
      text += output.Styled(Tone::kStrong, line.substr(3)) + "\n";
    } else {
      text += fenced ? "    " + line + "\n" : Folded(output, line);
    }
  }
  return text.empty() ? text : text + "\n" + rules::FindingUrl(entry.code) + "\n";
}

absl::StatusOr<ExitCode> ExplainFinding(Session& session, const std::string& code) {
  const rules::FindingCode* const entry = rules::FindFindingCode(code);
  if (entry == nullptr) {
    return absl::NotFoundError(
        fmt::format("no finding has the code {}.{}", code, rules::DidYouMean(code, AllCodes())));
  }
  Output& output = session.output();
  if (output.json()) {
    output.JsonObject({{"code", std::string(entry->code)},
                       {"severity", std::string(rules::SeverityWord(entry->severity))},
                       {"meaning", std::string(entry->meaning)},
                       {"url", rules::FindingUrl(entry->code)}});
    return ExitCode::kDone;
  }
  const std::string page = PageText(output, *entry);
  Page(session, page.empty() ? rules::ExplainCode(code) + "\n" : page);
  return ExitCode::kDone;
}

absl::StatusOr<ExitCode> RunExplain(Session& session) {
  const std::string what = session.Text("WHAT");
  if (IsFindingCode(what)) return ExplainFinding(session, what);
  GAVEL_ASSIGN_OR_RETURN(const std::string key, SpecKey(session, what));
  GAVEL_ASSIGN_OR_RETURN(const v1::ExplainSpecResponse why, Explain(session, key));
  Output& output = session.output();
  output.Json(why);
  ShowWrapped(output,
              fmt::format("{} — {}", output.Styled(Tone::kStrong, key), OneLine(why.state_text())),
              0);
  for (const std::string& line : why.verdict_lines()) ShowVerdictLine(output, line);
  if (!why.queue_text().empty()) ShowWrapped(output, OneLine(why.queue_text()), 0);
  const auto allowed = TypedCommands({why.allowed().begin(), why.allowed().end()});
  ShowWrapped(output,
              allowed.empty() ? std::string("You may: nothing now")
                              : fmt::format("You may: {}", fmt::join(allowed, ", ")),
              0);
  return ExitCode::kDone;
}

}  // namespace

std::vector<Command> ExplainCommands() {
  return {{"explain",
           Group::kTools,
           "Explain a finding code, or why a spec is where it is.",
           {{"WHAT", "a code like GV204, a key like MEDIA-42, or a spec file", Arity::kOne,
             "CODE|SPEC"}},
           {},
           "gavel explain GV204",
           RunExplain}};
}

}  // namespace gavel::cli
