#include "clients/cli/show_findings.h"

#include <algorithm>

#include "fmt/format.h"
#include "rules/explain.h"

namespace gavel::cli {
namespace {

Tone ToneOf(v1::Finding::Severity severity) {
  if (severity == v1::Finding::SEVERITY_ERROR) return Tone::kBad;
  return severity == v1::Finding::SEVERITY_WARNING ? Tone::kWarn : Tone::kDim;
}

}  // namespace

void ShowFindings(Output& output, const std::string& path, const Findings& findings) {
  output.Line(output.Styled(Tone::kStrong, path));
  for (const v1::Finding& finding : findings) {
    std::string line = rules::FindingText(finding);
    const std::string word(rules::SeverityWord(finding.severity()));
    if (const size_t at = line.find(word); at != std::string::npos) {
      line.replace(at, word.size(), output.Styled(ToneOf(finding.severity()), word));
    }
    output.Line(line);
  }
}

std::string FindingLine(const std::string& path, const v1::Finding& finding) {
  return fmt::format("{}:{}:{}: {}: {} [{}]", path, std::max(finding.line(), 1),
                     std::max(finding.column(), 1), rules::SeverityWord(finding.severity()),
                     finding.message(), finding.code());
}

int CountFindings(const Findings& findings, v1::Finding::Severity severity) {
  return static_cast<int>(std::count_if(
      findings.begin(), findings.end(),
      [severity](const v1::Finding& finding) { return finding.severity() == severity; }));
}

std::string CountText(const Findings& findings) {
  const int errors = CountFindings(findings, v1::Finding::SEVERITY_ERROR);
  const int warnings = CountFindings(findings, v1::Finding::SEVERITY_WARNING);
  return fmt::format("{} error{}, {} warning{}", errors, errors == 1 ? "" : "s", warnings,
                     warnings == 1 ? "" : "s");
}

}  // namespace gavel::cli
