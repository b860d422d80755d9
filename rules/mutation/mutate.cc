#include "rules/mutation/mutate.h"

#include <optional>

#include "engine/base/status_macros.h"
#include "rules/analysis/analysis.h"
#include "rules/mutation/contrast.h"
#include "rules/mutation/mutants.h"
#include "rules/mutation/test_bench.h"
#include "rules/rule_test.h"
#include "rules/rule_test/file.h"

namespace gavel::rules {
namespace {

class MutationRun {
 public:
  MutationRun(const Policy& policy, const RuleTestFile& tests, const v1::Date& as_of,
              v1::RuleTestReport& report)
      : policy_(policy),
        tests_(tests),
        bench_(policy, tests.cases),
        as_of_(as_of),
        report_(report) {}

  absl::Status Run() {
    for (size_t rule = 0; rule < policy_.rules().size(); ++rule) {
      const v1::Rule::State state = policy_.rules()[rule].rule.state();
      if (state != v1::Rule::STATE_ENFORCE && state != v1::Rule::STATE_SHADOW) continue;
      GAVEL_RETURN_IF_ERROR(RunRule(rule));
    }
    return absl::OkStatus();
  }

 private:
  absl::Status RunRule(size_t rule) {
    bool unit_killed = false;
    for (const Mutant& mutant : MutantsOf(policy_.rules()[rule].rule, policy_.catalog())) {
      const Program program = CompileProgram(mutant.when);
      const bool killed = bench_.Kills(rule, program);
      if (mutant.by_cent && killed == unit_killed) continue;
      unit_killed = killed;
      report_.set_mutants(report_.mutants() + 1);
      if (killed) {
        report_.set_killed(report_.killed() + 1);
      } else {
        GAVEL_RETURN_IF_ERROR(AddSurvivor(rule, mutant, program));
      }
    }
    return absl::OkStatus();
  }

  absl::Status AddSurvivor(size_t rule, const Mutant& mutant, const Program& program) {
    GAVEL_ASSIGN_OR_RETURN(const std::optional<v1::ExampleSpec> example,
                           Distinguish(policy_, rule, program, as_of_));
    v1::SurvivingMutant& survivor = *report_.add_survivors();
    survivor.set_rule(policy_.rules()[rule].rule.id());
    survivor.set_change(mutant.change);
    survivor.set_kind(example ? v1::SurvivingMutant::KIND_TESTS_CANNOT_TELL
                              : v1::SurvivingMutant::KIND_NO_SPEC_CAN_TELL);
    if (!example) return absl::OkStatus();
    survivor.set_gating(policy_.rules()[rule].rule.has_auto_approve());
    if (survivor.gating()) report_.set_passed(false);
    const Contrast contrast(policy_, rule, program);
    *survivor.mutable_example() = contrast.OnBase(*example, tests_).value_or(*example);
    const auto answers = contrast.Answers(survivor.example().facts(), tests_.as_of);
    survivor.set_verdict(answers.rule);
    survivor.set_mutant_verdict(answers.mutant);
    return absl::OkStatus();
  }

  const Policy& policy_;
  const RuleTestFile& tests_;
  const TestBench bench_;
  const v1::Date as_of_;
  v1::RuleTestReport& report_;
};

}  // namespace

absl::StatusOr<v1::RuleTestReport> MutateRules(const Policy& policy, const std::string& text,
                                               const v1::Date& as_of) {
  GAVEL_ASSIGN_OR_RETURN(v1::RuleTestReport report, RunRuleTests(policy, text));
  if (!report.passed()) return report;
  GAVEL_ASSIGN_OR_RETURN(const RuleTestFile tests, ReadRuleTests(policy, text));
  report.set_mutated(true);
  GAVEL_RETURN_IF_ERROR(MutationRun(policy, tests, as_of, report).Run());
  return report;
}

}  // namespace gavel::rules
