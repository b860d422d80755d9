#include <fmt/format.h>

#include "rules/mutation/mutate.h"

namespace gavel::rules {
namespace {

// A case that tells `survivor` from the rule, as `rules.test.yaml` writes it.
void AddCase(const v1::SurvivingMutant& survivor, std::vector<std::string>& lines) {
  lines.push_back(fmt::format("    - name: \"not {}: {}\"", survivor.rule(), survivor.change()));
  if (!survivor.example().lines().empty()) lines.emplace_back("      set:");
  for (const std::string& line : survivor.example().lines()) lines.push_back("        " + line);
  lines.push_back(fmt::format("      expect: {{{}}}", survivor.verdict()));
}

// One group: its heading, then a line per survivor of that kind.
void AddGroup(const v1::RuleTestReport& report, v1::SurvivingMutant::Kind kind,
              std::string_view heading, std::vector<std::string>& lines) {
  bool first = true;
  for (const v1::SurvivingMutant& survivor : report.survivors()) {
    if (survivor.kind() != kind) continue;
    if (first) lines.emplace_back(heading);
    first = false;
    lines.push_back(fmt::format("  {}: {}{}", survivor.rule(), survivor.change(),
                                survivor.gating() ? "  (approves: add a case)" : ""));
    if (!survivor.has_example()) continue;
    lines.push_back(fmt::format("    changed, this spec would get {}", survivor.mutant_verdict()));
    AddCase(survivor, lines);
  }
}

int CountOf(const v1::RuleTestReport& report, v1::SurvivingMutant::Kind kind) {
  int count = 0;
  for (const v1::SurvivingMutant& survivor : report.survivors()) count += survivor.kind() == kind;
  return count;
}

}  // namespace

std::vector<std::string> MutationText(const v1::RuleTestReport& report) {
  std::vector<std::string> lines;
  if (!report.mutated()) {
    lines.emplace_back("No mutants were tried: first the tests must pass.");
    return lines;
  }
  using Survivor = v1::SurvivingMutant;
  lines.push_back(
      fmt::format("{} mutants, {} killed, {} {}: {} that no spec can tell, {} that your tests "
                  "cannot tell.",
                  report.mutants(), report.killed(), report.survivors_size(),
                  report.survivors_size() == 1 ? "survives" : "survive",
                  CountOf(report, Survivor::KIND_NO_SPEC_CAN_TELL),
                  CountOf(report, Survivor::KIND_TESTS_CANNOT_TELL)));
  AddGroup(report, Survivor::KIND_TESTS_CANNOT_TELL, "Your tests cannot tell:", lines);
  AddGroup(report, Survivor::KIND_NO_SPEC_CAN_TELL, "No spec can tell the difference:", lines);
  lines.emplace_back(report.passed()
                         ? "passed: every mistake in an approving rule that a spec "
                           "could show is noticed."
                         : "FAILED: a mistake in an approving rule would go unnoticed.");
  return lines;
}

}  // namespace gavel::rules
