#include "rules/mutation/test_bench.h"

#include <algorithm>

#include "rules/evaluate.h"
#include "rules/evaluate/run.h"
#include "rules/rule_test/answer.h"

namespace gavel::rules {

static_assert(kFieldCount <= 32, "one bit per field");

TestBench::TestBench(const Policy& policy, const std::vector<RuleTestCase>& cases)
    : policy_(policy), cases_(cases) {
  tables_.reserve(cases.size());
  for (const RuleTestCase& test : cases)
    tables_.emplace_back(test.facts, policy, test.inputs.facts_unknown);
  for (const CompiledRule& rule : policy.rules()) {
    std::vector<Result>& results = results_.emplace_back();
    results.reserve(cases.size());
    for (size_t test = 0; test < cases.size(); ++test) results.push_back(Run(rule.program, test));
  }
}

TestBench::Result TestBench::Run(const Program& program, size_t test) const {
  const FactTable& facts = tables_[test];
  const Outcome outcome =
      RunProgram(program, facts, policy_.catalog_index(), cases_[test].inputs.as_of);
  Result result{outcome.truth, 0};
  for (size_t i = 0; outcome.undecided >> i != 0; ++i) {
    const Field field = program.leaves[i].field;
    const bool decides = (outcome.undecided >> i & 1) != 0;
    if (decides && facts[field].knowledge == Knowledge::kMissing)
      result.missing |= uint32_t{1} << static_cast<unsigned>(field);
  }
  return result;
}

bool TestBench::Kills(size_t rule, const Program& mutant) const {
  for (size_t test = 0; test < cases_.size(); ++test) {
    if (Run(mutant, test) == results_[rule][test]) continue;
    const RuleTestCase& one = cases_[test];
    const Answer answer =
        AnswerOf(EvaluateMutant(one.facts, policy_, one.inputs, rule, mutant), policy_);
    const bool passes = std::all_of(
        one.expectations.begin(), one.expectations.end(),
        [&](const Expectation& expected) { return Mismatch(answer, expected).empty(); });
    if (!passes) return true;
  }
  return false;
}

}  // namespace gavel::rules
