// Findings as diagnostics, and the verdict for status bars.
#include <algorithm>

#include "clients/lsp/features.h"
#include "rules/finding_codes.h"

namespace gavel::lsp {
namespace {

int SeverityOf(v1::Finding::Severity severity) {
  if (severity == v1::Finding::SEVERITY_ERROR) return 1;
  return severity == v1::Finding::SEVERITY_WARNING ? 2 : 3;
}

auto Count(const Analysis& analysis, v1::Finding::Severity severity) {
  return std::count_if(
      analysis.findings.begin(), analysis.findings.end(),
      [severity](const PlacedFinding& placed) { return placed.finding.severity() == severity; });
}

std::string_view ModeText(v1::ReviewMode mode) {
  if (mode == v1::REVIEW_MODE_AUTO) return "auto";
  return mode == v1::REVIEW_MODE_SYNC ? "sync" : "async";
}

// What stands behind the first colon of a summary: `Async review in media: …`.
std::string ReasonOf(const v1::Verdict& verdict) {
  const std::string& summary = verdict.summary();
  const size_t colon = summary.find(": ");
  std::string reason = colon == std::string::npos ? summary : summary.substr(colon + 2);
  // What it would get after that is for later.
  reason = reason.substr(0, reason.find(". As it stands"));
  if (reason.ends_with('.')) reason.pop_back();
  return reason;
}

}  // namespace

Json Diagnostics(const View& view) {
  Json diagnostics = Json::array();
  for (const PlacedFinding& placed : view.analysis.findings) {
    const v1::Finding& finding = placed.finding;
    diagnostics.push_back({{"range", view.Range(placed.range)},
                           {"severity", SeverityOf(finding.severity())},
                           {"code", finding.code()},
                           {"codeDescription", {{"href", rules::FindingUrl(finding.code())}}},
                           {"source", "gavel"},
                           {"message", finding.message()}});
  }
  return diagnostics;
}

std::string WouldBe(const Analysis& analysis) {
  if (!analysis.verdict.has_value()) return {};
  const v1::Verdict& verdict = *analysis.verdict;
  std::string text = "Would be: ";
  text += verdict.author_gate() ? "back to you" : ModeText(verdict.mode());
  return text + " — " + ReasonOf(verdict);
}

Json VerdictNote(const View& view) {
  Json note = {{"uri", view.document.uri()},
               {"version", view.document.version()},
               {"errors", Count(view.analysis, v1::Finding::SEVERITY_ERROR)},
               {"warnings", Count(view.analysis, v1::Finding::SEVERITY_WARNING)},
               {"mode", nullptr},
               {"summary", ""}};
  if (!view.analysis.verdict.has_value()) return note;
  const v1::Verdict& verdict = *view.analysis.verdict;
  note["mode"] = verdict.author_gate() ? "author" : ModeText(verdict.mode());
  note["summary"] = verdict.summary();
  return note;
}

}  // namespace gavel::lsp
