#include "clients/cli/show/findings.h"

#include <algorithm>
#include <array>

#include "clients/check/report.h"
#include "clients/cli/output/shown_text.h"
#include "clients/cli/output/wrap.h"
#include "fmt/format.h"
#include "rules/explain.h"

namespace gavel::cli {
namespace {

Tone ToneOf(v1::Finding::Severity severity) {
  if (severity == v1::Finding::SEVERITY_ERROR) return Tone::kBad;
  return severity == v1::Finding::SEVERITY_WARNING ? Tone::kWarn : Tone::kDim;
}

void ShowFinding(Output& output, const v1::Finding& finding) {
  std::string line = FindingLine(finding);
  const size_t message = ColumnsOf(line) - ColumnsOf(Unbroken(finding.message()));
  const std::string word(rules::SeverityWord(finding.severity()));
  if (const size_t at = line.find(word); at != std::string::npos) {
    line.replace(at, word.size(), output.Styled(ToneOf(finding.severity()), word));
  }
  ShowWrapped(output, line, message);
}

constexpr size_t kLongestMark = 3;  // Bytes.

struct Mark {
  std::string_view text;
  Tone tone;
};

constexpr std::array<Mark, 2> kMarks = {{{"✓", Tone::kGood}, {"✗", Tone::kBad}}};

// Whether a sign and a space stand in front of the words: `✓ `, `→ `, `· `.
bool HasMark(std::string_view words) {
  return !words.empty() && (words.front() & 0x80) != 0 && words.find(' ') <= kLongestMark;
}

int CountFindings(const Findings& findings, v1::Finding::Severity severity) {
  return static_cast<int>(std::count_if(
      findings.begin(), findings.end(),
      [severity](const v1::Finding& finding) { return finding.severity() == severity; }));
}

}  // namespace

void ShowFindings(Output& output, const std::string& path, const Findings& findings) {
  output.Line(output.Styled(Tone::kStrong, check::PathText(path)));
  for (const v1::Finding& finding : findings) ShowFinding(output, finding);
}

std::string FindingLine(const v1::Finding& finding) {
  v1::Finding shown = finding;
  shown.set_message(Unbroken(finding.message()));
  return rules::FindingText(shown);
}

void ShowVerdictLine(Output& output, const std::string& line, size_t margin) {
  std::string text = std::string(margin, ' ') + Unbroken(line);
  const size_t begin = std::min(text.find_first_not_of(' '), text.size());
  const size_t indent = begin + (HasMark(std::string_view(text).substr(begin)) ? 2 : 0);
  for (const Mark& mark : kMarks) {
    if (text.compare(begin, mark.text.size(), mark.text) != 0) continue;
    text.replace(begin, mark.text.size(), output.Styled(mark.tone, mark.text));
  }
  ShowWrapped(output, text, indent);
}

void ShowWrapped(Output& output, const std::string& text, size_t indent) {
  for (const std::string& line : output.Fitted(text, indent)) output.Line(line);
}

std::string CountText(const Findings& findings) {
  const int errors = CountFindings(findings, v1::Finding::SEVERITY_ERROR);
  const int warnings = CountFindings(findings, v1::Finding::SEVERITY_WARNING);
  return fmt::format("{} error{}, {} warning{}", errors, errors == 1 ? "" : "s", warnings,
                     warnings == 1 ? "" : "s");
}

}  // namespace gavel::cli
