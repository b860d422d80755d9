#include "engine/app/policy/policy_check.h"

#include <algorithm>

#include "engine/app/policy/policy_source.h"
#include "engine/base/error.h"
#include "engine/base/status_macros.h"
#include "fmt/format.h"
#include "fmt/ranges.h"
#include "rules/analysis/analysis.h"
#include "rules/mutation/mutate.h"
#include "rules/policy_problems.h"
#include "rules/rule_test.h"

namespace gavel::app {
namespace {

bool IsError(const v1::PolicyProblem& problem) {
  return problem.level() == v1::PolicyProblem::LEVEL_ERROR;
}

std::string PlaceOf(const v1::PolicyProblem& problem) {
  if (problem.line() == 0) return problem.file();
  return fmt::format("{}:{}:{}", problem.file(), problem.line(), problem.column());
}

FieldViolation ViolationOf(const v1::PolicyProblem& problem) {
  std::string text = problem.message();
  if (!problem.example().empty()) {
    text += fmt::format(" For example: {}", fmt::join(problem.example(), ", "));
  }
  return {PlaceOf(problem), std::move(text), problem.code()};
}

FieldViolation ViolationOf(const v1::SurvivingMutant& mutant) {
  std::string text = fmt::format("no test notices: {}", mutant.change());
  if (mutant.has_example()) {
    text += fmt::format(". This spec tells them apart ({} to {}): {}", mutant.verdict(),
                        mutant.mutant_verdict(), fmt::join(mutant.example().lines(), ", "));
  }
  return {mutant.rule(), std::move(text), ""};
}

absl::Status Invalid(const std::vector<FieldViolation>& violations) {
  const FieldViolation& first = violations.front();
  return MakeInvalid(
      "POLICY_INVALID",
      fmt::format("The policy has {} {}, first: {}: {}", violations.size(),
                  violations.size() == 1 ? "error" : "errors", first.field, first.description),
      violations, {{"errors", std::to_string(violations.size())}});
}

// `rules.test.yaml:42: NAME: …`: the place is the field.
FieldViolation ViolationOf(const std::string& failure) {
  const size_t colon = failure.find(": ");
  if (colon == std::string::npos) return {std::string(kRuleTestsFile), failure, ""};
  return {failure.substr(0, colon), failure.substr(colon + 2), ""};
}

std::vector<FieldViolation> TestViolations(const v1::RuleTestReport& report) {
  std::vector<FieldViolation> violations;
  for (const std::string& failure : report.failures()) {
    violations.push_back(ViolationOf(failure));
  }
  for (const v1::SurvivingMutant& mutant : report.survivors()) {
    const bool untested = mutant.kind() == v1::SurvivingMutant::KIND_TESTS_CANNOT_TELL;
    if (untested && mutant.gating()) violations.push_back(ViolationOf(mutant));
  }
  return violations;
}

}  // namespace

bool Validation::valid() const {
  return policy.rules != nullptr && std::none_of(problems.begin(), problems.end(), IsError);
}

absl::StatusOr<Validation> Validate(const v1::PolicySource& source, const v1::Date& day) {
  Validation validation;
  auto compiled = CompileLive(source, day);
  if (!compiled.ok()) {
    if (ErrorReasonOf(compiled.status()) != "POLICY_INVALID") return compiled.status();
    validation.problems = rules::ProblemsOf(compiled.status());
    return validation;
  }
  validation.policy = *std::move(compiled);
  const rules::Policy& policy = *validation.policy.rules;
  validation.problems = rules::ProblemsOf(policy);
  for (v1::PolicyProblem& problem : rules::AnalysePolicy(policy, day)) {
    validation.problems.push_back(std::move(problem));
  }
  rules::SortByPlace(validation.problems);
  return validation;
}

absl::StatusOr<Validation> RequireValid(const v1::PolicySource& source, const v1::Date& day) {
  GAVEL_ASSIGN_OR_RETURN(Validation validation, Validate(source, day));
  if (validation.valid()) return validation;
  std::vector<FieldViolation> violations;
  for (const v1::PolicyProblem& problem : validation.problems) {
    if (IsError(problem)) violations.push_back(ViolationOf(problem));
  }
  return Invalid(violations);
}

absl::StatusOr<v1::RuleTestReport> TestPolicy(const rules::Policy& policy, bool mutate,
                                              const v1::Date& day) {
  const auto tests = policy.source().files().find(std::string(kRuleTestsFile));
  if (tests == policy.source().files().end()) {
    return Invalid({{std::string(kRuleTestsFile),
                     "is missing; a policy comes into force with its tests", "GV501"}});
  }
  if (mutate) return rules::MutateRules(policy, tests->second, day);
  return rules::RunRuleTests(policy, tests->second);
}

absl::StatusOr<Validation> CheckPolicy(const v1::PolicySource& source, const v1::Date& day) {
  GAVEL_ASSIGN_OR_RETURN(Validation validation, RequireValid(source, day));
  GAVEL_ASSIGN_OR_RETURN(const v1::RuleTestReport report,
                         TestPolicy(*validation.policy.rules, /*mutate=*/true, day));
  const std::vector<FieldViolation> violations = TestViolations(report);
  if (!violations.empty()) return Invalid(violations);
  return validation;
}

}  // namespace gavel::app
