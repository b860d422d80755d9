// R010 to R020, each with a policy that has the mistake; every example is put to the evaluator.
#include "rules/analysis/analysis.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rules/analysis/random_policy.h"
#include "rules/compile/fact_setter.h"
#include "rules/compile/policy_files.h"
#include "rules/evaluate.h"
#include "rules/test_documents.h"
#include "rules/test_policies.h"
#include "rules/test_row_name.h"

namespace gavel::rules {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

const v1::Date& Today() {
  static const auto* const kDay = new v1::Date(Day(2026, 11, 22));
  return *kDay;
}

constexpr char kShadowRule[] = "  # 7. A candidate in shadow";

// The worked policy with one more rule, which has the given lines from `state` on.
std::shared_ptr<const Policy> WithRule(const std::string& lines,
                                       const std::string& review_by = "2027-03-31") {
  v1::PolicySource source = WorkedSource();
  std::string& rules = (*source.mutable_files())["rules.yaml"];
  rules =
      Edited(rules, kShadowRule,
             "  - id: extra/rule\n    title: Extra\n    owner: team:platform\n    why: A test.\n"
             "    review_by: " +
                 review_by + "\n" + lines + kShadowRule);
  auto policy = CompilePolicy(source, Today());
  EXPECT_TRUE(policy.ok()) << policy.status();
  return policy.ok() ? *std::move(policy) : nullptr;
}

std::vector<v1::PolicyProblem> ProblemsOf(const Policy& policy, std::string_view code,
                                          const v1::Date& as_of = Today()) {
  std::vector<v1::PolicyProblem> problems;
  for (const v1::PolicyProblem& problem : AnalysePolicy(policy, as_of)) {
    if (problem.code() == code) problems.push_back(problem);
  }
  return problems;
}

std::vector<std::string> CodesOf(const Policy& policy, const v1::Date& as_of = Today()) {
  std::vector<std::string> codes;
  for (const v1::PolicyProblem& problem : AnalysePolicy(policy, as_of))
    codes.push_back(problem.code());
  return codes;
}

TEST(AnalysePolicy, FindsNothingWrongWithTheWorkedOrganisation) {
  EXPECT_THAT(CodesOf(*WorkedPolicy()), ElementsAre("R014", "R020"));
}

TEST(AnalysePolicy, FindsNothingWrongWithTheShippedPolicyOnTheDayItIsPublished) {
  EXPECT_THAT(CodesOf(*ShippedPolicy(), Day(2026, 11, 23)), ElementsAre("R014"));
  EXPECT_THAT(CodesOf(*ShippedPolicy(), Day(2026, 11, 1)), ElementsAre("R014"));
}

// The facts that `lines` of an example set, as a rule test would read them.
v1::Facts FactsFrom(const google::protobuf::RepeatedPtrField<std::string>& lines,
                    const Policy& policy) {
  std::string text = "kind: RuleTest\nversion: 1\nset:\n";
  for (const std::string& line : lines) text += "  " + line + "\n";
  std::vector<PolicyProblem> problems;
  FileReader file("example.yaml", problems);
  const auto root = file.Parse(text, "RuleTest");
  v1::Facts facts = BlankFacts();
  EXPECT_TRUE(root.has_value()) << text;
  if (!root) return facts;
  for (const YamlEntry& entry : root->Find("set")->entries)
    SetFact(entry.key, entry.value, policy, file, facts);
  EXPECT_THAT(problems, IsEmpty()) << text;
  return facts;
}

TEST(ExampleLines, AreReadBackAsTheSameFacts) {
  const auto policy = WorkedPolicy();
  Random random(53);
  for (int i = 0; i < 300; ++i) {
    const auto lines = ExampleLines(RandomFacts(random, *policy), *policy);
    google::protobuf::RepeatedPtrField<std::string> given;
    for (const std::string& line : lines) *given.Add() = line;
    const auto again = ExampleLines(FactsFrom(given, *policy), *policy);
    EXPECT_THAT(again, testing::IsSupersetOf(lines));
  }
}

const v1::RuleResult* ResultOf(const v1::Verdict& verdict, const std::string& id) {
  for (const v1::RuleResult& rule : verdict.rules()) {
    if (rule.id() == id) return &rule;
  }
  return nullptr;
}

TEST(Overlap, IsShownByASpecThatBothRulesMatch) {
  const auto problems = ProblemsOf(*WorkedPolicy(), "R014");
  ASSERT_THAT(problems, SizeIs(1));
  EXPECT_EQ(problems[0].level(), v1::PolicyProblem::LEVEL_NOTE);
  EXPECT_EQ(problems[0].file(), "rules.yaml");
  EXPECT_EQ(problems[0].line(), 9);
  EXPECT_EQ(problems[0].column(), 5);
  EXPECT_THAT(problems[0].message(), HasSubstr("`review/cost-splitting` and "
                                               "`review/undeclared-dependency`"));
  EvaluateInputs inputs;
  inputs.as_of = Today();
  const v1::Verdict verdict =
      Evaluate(FactsFrom(problems[0].example(), *WorkedPolicy()), *WorkedPolicy(), inputs);
  EXPECT_EQ(ResultOf(verdict, "auto/standard-tiers")->truth(), v1::TRUTH_TRUE);
  EXPECT_TRUE(ResultOf(verdict, "review/cost-splitting")->applied());
  EXPECT_EQ(verdict.mode(), v1::REVIEW_MODE_ASYNC);
}

constexpr char kAllGuards[] =
    "    waives: {why: A test., fields: [deps.storage, deps.compute, deps.other, "
    "data.classification, data.personal, cost.monthly_usd, change.reversible, detect.coverage]}\n";

struct RuleRow {
  const char* name;
  std::string state;
  std::string when;
  std::string then;
  std::vector<std::string> codes;  // Of the rule, R014 left out.
  std::string message;             // Of the first, in part.
};
void PrintTo(const RuleRow& row, std::ostream* os) { *os << row.name; }
class RuleMistakes : public testing::TestWithParam<RuleRow> {};
TEST_P(RuleMistakes, AreFoundAtTheirLine) {
  const RuleRow& row = GetParam();
  const bool approves = row.then.find("auto_approve") != std::string::npos;
  const auto policy = WithRule("    state: " + row.state + "\n" + (approves ? kAllGuards : "") +
                               "    when: " + row.when + "\n    then: {" + row.then + "}\n");
  ASSERT_NE(policy, nullptr);
  std::vector<std::string> codes, messages;
  for (const v1::PolicyProblem& problem : AnalysePolicy(*policy, Today())) {
    if (!problem.message().starts_with("`extra/rule`") || problem.code() == "R014") continue;
    codes.push_back(problem.code());
    messages.push_back(problem.message());
    EXPECT_EQ(problem.line(), 91);
    EXPECT_EQ(problem.column(), 5);
  }
  EXPECT_EQ(codes, row.codes);
  if (!messages.empty()) {
    EXPECT_THAT(messages[0], HasSubstr(row.message));
  }
}

constexpr char kAsync[] = "require: {mode: async}";
constexpr char kAuto[] = "auto_approve: {audit: 10%}";
constexpr char kFlag[] = "flag: {label: x, message: y}";
using Codes = std::vector<std::string>;
INSTANTIATE_TEST_SUITE_P(
    Table, RuleMistakes,
    testing::Values(
        RuleRow{"NeverTrue",
                "shadow",
                "{all: [{cost.monthly_usd: {gt: 20000}}, {cost.monthly_usd: {lt: 500}}]}",
                kAsync,
                {"R010", "R020", "R020"},
                "never true"},
        RuleRow{"NeverTrueOfASet",
                "draft",
                "{all: [{sections: {has: cost}}, {sections: {size: {lt: 1}}}]}",
                kFlag,
                {"R010"},
                "never true"},
        RuleRow{"NeverTrueByTheCatalogsPrices",
                "enforce",
                "{all: [{deps.compute: {has: k8s/standard}}, {cost.monthly_usd: {lte: 899.99}}]}",
                kAsync,
                {"R010"},
                "never true"},
        RuleRow{"JustPossibleByTheCatalogsPrices",
                "enforce",
                "{all: [{deps.compute: {has: k8s/standard}}, {cost.monthly_usd: {lte: 900}}]}",
                kAsync,
                {"R020"},
                "`k8s/standard`"},
        RuleRow{
            "TooFewTiersOfAClass",
            "enforce",
            "{all: [{deps.compute: {only_in: \"@standard\"}}, {deps.compute: {size: {gt: 2}}}]}",
            kAsync,
            {"R010"},
            "never true"},
        RuleRow{"AlwaysTrue",
                "enforce",
                "{any: [{data.personal: {is: true}}, {data.personal: {is: false}}]}",
                kAsync,
                {"R011"},
                "fires on every spec"},
        RuleRow{"AlwaysApproves",
                "shadow",
                "{not: {all: [{sections: {has: cost}}, {sections: {lacks: cost}}]}}",
                kAuto,
                {},
                ""},
        RuleRow{"Dead",
                "enforce",
                "{all: [{sections: {lacks: cost}}, {data.personal: {is: false}}]}",
                kAuto,
                {"R012"},
                "wherever it is true, `author/cost-section` fires too"},
        RuleRow{"DeadByTwo",
                "enforce",
                "{any: [{sections: {lacks: cost}}, {cost.monthly_usd: {gt: 30000}}]}",
                kAuto,
                {"R012"},
                "`author/cost-section` and `review/one-way-door` fire too"},
        RuleRow{"DeadByABuiltin",
                "enforce",
                "{spec.category: {is: policy}}",
                kAuto,
                {"R012"},
                "a built-in rule"},
        RuleRow{"Subsumed",
                "enforce",
                "{all: [{sections: {lacks: cost}}, {data.personal: {is: true}}]}",
                "needs_author: {section: cost, message: m}",
                {"R013"},
                "`author/cost-section` is too"},
        RuleRow{"NotSubsumedWhereItAsksForMore",
                "enforce",
                "{history.system_cost_90d_usd: {gt: 6000}}",
                "require: {mode: sync, area: finops}",
                {},
                ""},
        RuleRow{"SubsumedWhereItAsksForLess",
                "enforce",
                "{history.system_cost_90d_usd: {gt: 6000}}",
                "require: {mode: async, area: finops}",
                {"R013"},
                "`review/cost-splitting` is too"},
        RuleRow{"ATrialOfSomethingWiderIsNoMistake",
                "shadow",
                "{history.system_cost_90d_usd: {gt: 4000}}",
                "require: {mode: async, area: finops}",
                {},
                ""},
        RuleRow{"StrictlyLessOnThePrice",
                "enforce",
                "{cost.monthly_usd: {lt: 123.45}}",
                kFlag,
                {"R020"},
                "Did you mean `lte`?"},
        RuleRow{"RetiredRulesAreNotLookedAt",
                "retired",
                "{all: [{data.personal: {is: true}}, {data.personal: {is: false}}]}",
                kFlag,
                {},
                ""}),
    RowName());

TEST(ReviewDates, MayBeTwelveMonthsAheadOfAnAutoRuleAndTwentyFourOfOthers) {
  const std::string approve = std::string("    state: shadow\n") + kAllGuards +
                              "    when: {spec.category: {is: new-service}}\n    then: {" + kAuto +
                              "}\n";
  const std::string require =
      std::string("    state: shadow\n    when: {spec.category: {is: new-service}}\n    then: {") +
      kAsync + "}\n";
  EXPECT_THAT(ProblemsOf(*WithRule(approve, "2027-11-22"), "R019"), IsEmpty());
  EXPECT_THAT(ProblemsOf(*WithRule(require, "2028-11-22"), "R019"), IsEmpty());
  const auto late = ProblemsOf(*WithRule(approve, "2027-11-23"), "R019");
  ASSERT_THAT(late, SizeIs(1));
  EXPECT_EQ(late[0].level(), v1::PolicyProblem::LEVEL_ERROR);
  EXPECT_THAT(late[0].message(), HasSubstr("more than 12 months away. Choose 2027-11-22"));
  EXPECT_THAT(ProblemsOf(*WithRule(require, "2028-11-23"), "R019"), SizeIs(1));
}

TEST(Sets, ThatAreEmptyOrSoonWillBeAreReported) {
  v1::PolicySource source = WorkedSource();
  std::string& catalog = (*source.mutable_files())["catalog.yaml"];
  catalog = Edited(catalog, "eu: {regions: {group: eu}}", "eu: {regions: []}");
  const auto policy = CompilePolicy(source, Today());
  ASSERT_TRUE(policy.ok()) << policy.status();
  const auto empty = ProblemsOf(**policy, "R018");
  ASSERT_THAT(empty, SizeIs(1));
  EXPECT_EQ(empty[0].level(), v1::PolicyProblem::LEVEL_ERROR);
  EXPECT_THAT(empty[0].message(), HasSubstr("`@eu`"));
  EXPECT_EQ(empty[0].line(), 39);
  // The standard tiers of the worked catalog are to be reviewed by 2027-06-30.
  EXPECT_THAT(ProblemsOf(*WorkedPolicy(), "R018", Day(2027, 5, 30)), IsEmpty());
  const auto soon = ProblemsOf(*WorkedPolicy(), "R018", Day(2027, 5, 31));
  ASSERT_THAT(soon, SizeIs(1));
  EXPECT_EQ(soon[0].level(), v1::PolicyProblem::LEVEL_WARNING);
  EXPECT_THAT(soon[0].message(), HasSubstr("within 30 days"));
  EXPECT_EQ(ProblemsOf(*WorkedPolicy(), "R018", Day(2027, 7, 1))[0].level(),
            v1::PolicyProblem::LEVEL_ERROR);
}

TEST(Complexity, HasALimitThatIsNamed) {
  // Each pair of tests doubles the boxes of `all`.
  std::string when = "{all: [";
  for (const char* pair :
       {"{any: [{data.personal: {is: true}}, {regions: {has: us-east}}]}",
        "{any: [{change.reversible: {is: true}}, {sections: {has: cost}}]}",
        "{any: [{change.blast_radius: {is: low}}, {sections: {has: rollback}}]}",
        "{any: [{detect.coverage: {is: full}}, {regions: {has: us-west}}]}",
        "{any: [{spec.category: {is: policy}}, {mentions.undeclared: {has: kafka}}]}",
        "{any: [{data.classification: {is: public}}, {mentions.undeclared: {has: s3}}]}",
        "{any: [{history.system_cost_90d_usd: {gt: 7}}, {mentions.undeclared: {has: k8s}}]}",
        "{any: [{deps.all: {has: kafka/shared}}, {detect.undeclared: {has: kafka/shared}}]}",
        "{any: [{deps.all: {has: k8s/gpu}}, {detect.undeclared: {has: k8s/gpu}}]}"}) {
    when += std::string(pair) + ",\n      ";
  }
  when += "{data.personal: {is: false}}]}";
  const auto policy =
      WithRule("    state: enforce\n    when: " + when + "\n    then: {require: {mode: async}}\n");
  ASSERT_NE(policy, nullptr);
  const auto problems = ProblemsOf(*policy, "GV509");
  ASSERT_THAT(problems, SizeIs(1));
  EXPECT_EQ(problems[0].level(), v1::PolicyProblem::LEVEL_ERROR);
  EXPECT_THAT(problems[0].message(), HasSubstr("more than 256 boxes"));
  const auto diff = DiffPolicies(*policy, *policy, Today());
  EXPECT_EQ(diff.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(diff.status().message()), HasSubstr("more than 256 boxes"));
}

}  // namespace
}  // namespace gavel::rules
