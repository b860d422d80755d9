#include "rules/rule_test.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "engine/base/error.h"
#include "rules/compile/policy_files.h"
#include "rules/evaluate.h"
#include "rules/test_policies.h"

namespace gavel::rules {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;

std::string TestFile(const std::string& cases) {
  return "kind: RuleTest\nversion: 1\nrule_set: acme-main\nas_of: 2026-11-22\nbase: {deps: "
         "[postgres/standard-m]}\ncases:\n" +
         cases;
}

// What is not as the cases expect, without the rules that no case fires.
std::vector<std::string> Mismatches(const std::string& cases) {
  const auto report = RunRuleTests(*WorkedPolicy(), TestFile(cases));
  EXPECT_TRUE(report.ok()) << report.status();
  std::vector<std::string> lines;
  for (const std::string& failure : report->failures()) {
    if (failure.find("expected") != std::string::npos) lines.push_back(failure);
  }
  return lines;
}

// The problems of a file that is wrong, `FILE:LINE:COL message`.
std::vector<std::string> ProblemsOf(const std::string& text) {
  const auto report = RunRuleTests(*WorkedPolicy(), text);
  std::vector<std::string> problems;
  for (const FieldViolation& violation : FieldViolationsOf(report.status()))
    problems.push_back(violation.field + " " + violation.description);
  return problems;
}

TEST(RuleTests, ReportWhatIsNotAsExpected) {
  const auto report = RunRuleTests(
      *WorkedPolicy(),
      TestFile("  - name: wrong\n    expect: {mode: auto, fired: [auto/standard-tiers]}\n"));
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_EQ(report->cases(), 1);
  EXPECT_FALSE(report->passed());
  EXPECT_THAT(report->failures(),
              Contains("rules.test.yaml:8: wrong: mode is sync, expected auto"));
  EXPECT_THAT(report->failures(), Contains(HasSubstr("fired is [author/cost-section")));
  EXPECT_THAT(report->failures(),
              Contains("rules.test.yaml: no case fires review/cost-splitting. Add one."));
  EXPECT_THAT(report->failures(),
              Contains("rules.test.yaml: every case fires author/cost-section. Add one that does "
                       "not."));
}

TEST(RuleTests, ListsAreExactUnlessTheySayContains) {
  const std::string base =
      "  - name: a\n    set: {cost.monthly_usd: unknown}\n    expect: {fired: ";
  EXPECT_THAT(Mismatches(base + "[author/cost-section]}\n"), ElementsAre(HasSubstr("fired is [")));
  EXPECT_THAT(Mismatches(base + "{contains: [author/cost-section]}}\n"), ElementsAre());
  EXPECT_THAT(Mismatches(base + "{contains: [auto/standard-tiers]}}\n"),
              ElementsAre(HasSubstr("expected at least [auto/standard-tiers]")));
}

TEST(RuleTests, EveryKeyOfExpectIsChecked) {
  const std::string set =
      "  - name: a\n    set: {data.classification: restricted, sections: [cost]}\n";
  for (const char* key :
       {"gate: ok", "mode: async", "areas: []", "fired: []", "unknown: [auto/standard-tiers]",
        "shadow: [auto/config-only]", "expired: [auto/standard-tiers]",
        "breaker_open: [auto/standard-tiers]", "overridden: [review/one-way-door]",
        "reviewers: [group:security]", "unknown: {contains: [auto/standard-tiers]}"}) {
    const std::string word = std::string(key).substr(0, std::string(key).find(':'));
    const auto mismatches = Mismatches(set + "    expect: {" + key + "}\n");
    EXPECT_EQ(mismatches.size(), 1u) << key;
    EXPECT_THAT(mismatches, Contains(HasSubstr("a: " + word + " is "))) << key;
  }
  EXPECT_THAT(Mismatches(set + "    expect: {gate: needs_author, mode: sync}\n"), ElementsAre());
}

TEST(RuleTests, ACaseMayNameItsOwnDayAndWhatTheSponsorSetAside) {
  const std::string body =
      "    set: {sections: [cost], data.classification: restricted}\n"
      "    overridden: [review/sensitive-data]\n"
      "    expect: {overridden: [review/sensitive-data], reviewers: [group:staff-engineers]}\n";
  EXPECT_THAT(Mismatches("  - name: a\n    as_of: 2027-04-01\n" + body), ElementsAre());
}

TEST(RuleTests, LabelsOfFlagsCanBeExpected) {
  v1::PolicySource source = WorkedSource();
  (*source.mutable_files())["rules.yaml"] +=
      "\n  - {id: flag/title, title: Says queue, owner: team:platform, why: Counted., "
      "state: enforce, review_by: 2027-12-31, when: {spec.category: {is: new-service}}, "
      "then: {flag: {label: new, message: Something new}}}\n";
  const auto policy = CompilePolicy(source, Day(2026, 11, 22));
  ASSERT_TRUE(policy.ok()) << policy.status();
  const auto report =
      RunRuleTests(**policy, TestFile("  - name: a\n    set: {spec.category: new-service}\n"
                                      "    expect: {flags: [new]}\n"
                                      "  - name: b\n    expect: {flags: [new]}\n"));
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_THAT(report->failures(), Contains("rules.test.yaml:11: b: flags is [], expected [new]"));
  EXPECT_THAT(report->failures(), testing::Not(Contains(HasSubstr(": a: "))));
}

TEST(RuleTests, AWrongFileIsRefusedWithThePlaceAndTheNearestName) {
  struct Row {
    const char* cases;
    const char* problem;
  };
  for (const Row& row : {
           Row{"  - name: a\n    set: {dep: none}\n    expect: {mode: auto}\n",
               "rules.test.yaml:8:11 `dep` is no fact. Did you mean `deps`?"},
           Row{"  - name: a\n    unset: [regoins]\n    expect: {mode: auto}\n",
               "rules.test.yaml:8:13 `regoins` is no fact. Did you mean `regions`?"},
           Row{"  - name: a\n    set: {data.classification: intrenal}\n    expect: {mode: auto}\n",
               "rules.test.yaml:8:32 `intrenal` is no value of `data.classification`. Did you mean "
               "`internal`?"},
           Row{"  - name: a\n    set: {sections: [cots]}\n    expect: {mode: auto}\n",
               "rules.test.yaml:8:22 `cots` is no value of `sections`. Did you mean `cost`?"},
           Row{"  - name: a\n    expect: {modus: auto}\n",
               "rules.test.yaml:8:14 `modus` is no expectation."},
           Row{"  - name: a\n    expect: {mode: atuo}\n", "rules.test.yaml:8:20 `atuo` is "},
           Row{"  - name: a\n    expect: {fired: [auto/standard-teirs]}\n",
               "rules.test.yaml:8:22 `auto/standard-teirs` is no rule. Did you mean "
               "`auto/standard-tiers`?"},
           Row{"  - name: a\n    expect: {areas: [finop]}\n",
               "rules.test.yaml:8:22 `finop` is no area. Did you mean `finops`?"},
           Row{"  - name: a\n    expect: {reviewers: [group:secruity]}\n",
               "rules.test.yaml:8:26 `group:secruity` is no group. Did you mean `group:security`?"},
           Row{"  - name: a\n    expect: {fired: {contain: []}}\n",
               "`contain` is no key here. Did you mean `contains`?"},
           Row{"  - name: a\n    expects: {}\n",
               "rules.test.yaml:8:5 `expects` is no key here. Did you mean `expect`?"},
           Row{"  - name: a\n    expect: {}\n", "A case that expects nothing tests nothing."},
           Row{"  - name: a\n    expect: {mode: auto}\n  - name: a\n    expect: {mode: auto}\n",
               "rules.test.yaml:9:11 Another case is called `a`."},
           Row{"  - nonsense\n", "rules.test.yaml:7:5 A mapping with name"},
           Row{"table: {columns: [regions], rows: []}\n",
               "A table that expects nothing tests nothing."},
           Row{"table: {columns: [deps, \"-> mode\"], rows: [[none]]}\n",
               "1 values for 2 columns."},
       }) {
    EXPECT_THAT(ProblemsOf(TestFile(row.cases)), Contains(HasSubstr(row.problem))) << row.cases;
  }
}

TEST(RuleTests, EveryBuiltinThatFiresHasAKnownId) {
  const auto ids = BuiltinIds();
  EXPECT_TRUE(std::is_sorted(ids.begin(), ids.end()));
  EvaluateInputs inputs{.as_of = Day(2026, 11, 22)};
  inputs.snapshot_stale = true;
  inputs.history.recent_rejection = inputs.history.supersedes_people = "MEDIA-1";
  inputs.history.auto_decisions_7d = 3;
  inputs.history.changes_policy = true;
  v1::Facts facts;
  facts.mutable_personal()->set_status(v1::FACT_STATUS_INVALID);
  int builtins = 0;
  const v1::Verdict verdict = Evaluate(facts, *WorkedPolicy(), inputs);
  for (const v1::RuleResult& rule : verdict.rules()) {
    if (!rule.id().starts_with("builtin/")) continue;
    ++builtins;
    EXPECT_TRUE(std::binary_search(ids.begin(), ids.end(), rule.id())) << rule.id();
  }
  EXPECT_GE(builtins, 8);
}

}  // namespace
}  // namespace gavel::rules
