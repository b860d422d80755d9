#include "clients/lsp/analysis.h"

#include <array>
#include <utility>

#include "clients/check/check_spec.h"
#include "rules/document.h"
#include "rules/document/frame.h"

namespace gavel::lsp {
namespace {

constexpr std::array<std::string_view, 4> kTextEndings = {".md", ".markdown", ".rst", ".adoc"};

std::vector<PlacedFinding> Placed(std::string_view text, const std::vector<v1::Finding>& findings) {
  const std::vector<rules::TextRange> ranges = rules::RangesOf(text, findings);
  std::vector<PlacedFinding> placed;
  for (size_t i = 0; i < findings.size(); ++i) placed.push_back({findings[i], ranges[i]});
  return placed;
}

std::vector<v1::Finding> FindingsWithoutPolicy(const Document& document,
                                               const AnalysisInputs& inputs) {
  const auto read = rules::ReadDocument(
      document.text(), {.default_area = inputs.area, .default_author = inputs.author});
  return read.ok() ? read->findings : check::FindingsOf(read.status());
}

}  // namespace

Analysis Analyse(const Document& document, const AnalysisInputs& inputs) {
  Analysis analysis;
  if (inputs.policy == nullptr) {
    analysis.findings = Placed(document.text(), FindingsWithoutPolicy(document, inputs));
    return analysis;
  }
  const auto checked = check::CheckSpec(document.text(), {.policy = inputs.policy,
                                                          .default_area = inputs.area,
                                                          .default_author = inputs.author,
                                                          .path = document.path(),
                                                          .as_of = inputs.today,
                                                          .exists = inputs.exists});
  if (!checked.ok()) return analysis;  // Only evidence can fail, and there is none.
  analysis.findings = Placed(document.text(), checked->findings);
  if (!checked->readable) return analysis;
  analysis.verdict = checked->result.verdict();
  analysis.facts = checked->result.facts();
  analysis.lines.assign(checked->result.lines().begin(), checked->result.lines().end());
  return analysis;
}

bool IsSpec(const Document& document, const std::string& spec_folder) {
  const rules::Frame frame = rules::SplitFrame(document.text());
  if (frame.ours || frame.unclosed) return true;
  const std::string& path = document.path();
  if (spec_folder.empty() || !path.starts_with(spec_folder + "/")) return false;
  for (const std::string_view ending : kTextEndings) {
    if (path.ends_with(ending)) return true;
  }
  return false;
}

}  // namespace gavel::lsp
