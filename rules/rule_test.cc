#include "rules/rule_test.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "engine/base/status_macros.h"
#include "rules/evaluate.h"
#include "rules/rule_test/answer.h"
#include "rules/rule_test/file.h"

namespace gavel::rules {
namespace {

constexpr std::string_view kFile = "rules.test.yaml";

// Which rules some case fired, and which some case did not.
class Coverage {
 public:
  void Add(const Policy& policy, const Answer& answer) {
    for (const v1::Rule& rule : policy.rule_set().rules()) {
      const auto in = [&](const char* list) {
        const auto& ids = answer.lists.at(list);
        return std::binary_search(ids.begin(), ids.end(), rule.id());
      };
      (in("fired") || in("shadow") ? fired_ : silent_).insert(rule.id());
    }
  }

  void Report(const Policy& policy, v1::RuleTestReport& report) const {
    for (const v1::Rule& rule : policy.rule_set().rules()) {
      if (rule.state() == v1::Rule::STATE_DRAFT || rule.state() == v1::Rule::STATE_RETIRED)
        continue;
      if (fired_.count(rule.id()) == 0)
        report.add_failures(fmt::format("{}: no case fires {}. Add one.", kFile, rule.id()));
      if (silent_.count(rule.id()) == 0) {
        report.add_failures(
            fmt::format("{}: every case fires {}. Add one that does not.", kFile, rule.id()));
      }
    }
  }

 private:
  std::set<std::string> fired_, silent_;  // Rule ids.
};

}  // namespace

absl::StatusOr<v1::RuleTestReport> RunRuleTests(const Policy& policy, const std::string& text) {
  GAVEL_ASSIGN_OR_RETURN(const RuleTestFile tests, ReadRuleTests(policy, text));
  v1::RuleTestReport report;
  Coverage coverage;
  for (const RuleTestCase& test : tests.cases) {
    const Answer answer = AnswerOf(Evaluate(test.facts, policy, test.inputs), policy);
    coverage.Add(policy, answer);
    for (const Expectation& expected : test.expectations) {
      const std::string mismatch = Mismatch(answer, expected);
      if (!mismatch.empty())
        report.add_failures(
            fmt::format("{}:{}: {}: {}", kFile, expected.line, test.name, mismatch));
    }
  }
  report.set_cases(static_cast<int>(tests.cases.size()));
  coverage.Report(policy, report);
  report.set_passed(report.failures().empty());
  return report;
}

}  // namespace gavel::rules
