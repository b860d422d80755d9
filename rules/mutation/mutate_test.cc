#include "rules/mutation/mutate.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "rules/test_policies.h"

namespace gavel::rules {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using Survivor = v1::SurvivingMutant;

std::string TestsOf(const Policy& policy) { return policy.source().files().at("rules.test.yaml"); }

// The worked organisation's tests as the design has them, without the cases added since.
std::string TestsOfTheDesign() {
  std::string text = TestsOf(*WorkedPolicy());
  const size_t from = text.find("  # Beyond the design's cases");
  return text.erase(from, text.find("table:") - from);
}

v1::RuleTestReport Mutated(const Policy& policy, const std::string& text) {
  const auto report = MutateRules(policy, text, Day(2026, 11, 23));
  EXPECT_TRUE(report.ok()) << report.status();
  return report.ok() ? *report : v1::RuleTestReport();
}

// `RULE: CHANGE` of every survivor of that kind.
std::vector<std::string> Survivors(const v1::RuleTestReport& report, Survivor::Kind kind) {
  std::vector<std::string> changes;
  for (const Survivor& survivor : report.survivors()) {
    if (survivor.kind() == kind)
      changes.push_back(fmt::format("{}: {}", survivor.rule(), survivor.change()));
  }
  return changes;
}

TEST(Mutation, TheShippedRulesPassWithEveryMistakeThatASpecCouldShowNoticed) {
  const auto policy = ShippedPolicy();
  const v1::RuleTestReport report = Mutated(*policy, TestsOf(*policy));
  EXPECT_TRUE(report.passed());
  EXPECT_GT(report.mutants(), 30);
  EXPECT_EQ(report.killed() + report.survivors_size(), report.mutants());
  EXPECT_THAT(Survivors(report, Survivor::KIND_TESTS_CANNOT_TELL), ElementsAre());
  // No product outside storage and compute has a tier that is cataloged and not standard.
  EXPECT_THAT(Survivors(report, Survivor::KIND_NO_SPEC_CAN_TELL),
              ElementsAre("auto/standard-tiers: drop all[2] deps.other only_in @standard"));
}

TEST(Mutation, TheWorkedRulesPassToo) {
  const auto policy = WorkedPolicy();
  const v1::RuleTestReport report = Mutated(*policy, TestsOf(*policy));
  EXPECT_TRUE(report.passed());
  EXPECT_GT(report.mutants(), 60);
  EXPECT_THAT(Survivors(report, Survivor::KIND_TESTS_CANNOT_TELL), ElementsAre());
  EXPECT_THAT(Survivors(report, Survivor::KIND_NO_SPEC_CAN_TELL),
              Contains("auto/standard-tiers: drop all[7] sections has cost"));
}

TEST(Mutation, TestsThatLookThoroughMissAMistakeInAnApprovingRule) {
  const v1::RuleTestReport report = Mutated(*WorkedPolicy(), TestsOfTheDesign());
  EXPECT_TRUE(report.failures().empty());
  EXPECT_TRUE(report.mutated());
  EXPECT_FALSE(report.passed());
  EXPECT_THAT(Survivors(report, Survivor::KIND_TESTS_CANNOT_TELL),
              Contains("auto/standard-tiers: drop all[6] change.reversible is true"));
  for (const Survivor& survivor : report.survivors()) {
    const bool told = survivor.kind() == Survivor::KIND_TESTS_CANNOT_TELL;
    EXPECT_EQ(survivor.has_example(), told) << survivor.change();
    EXPECT_EQ(survivor.gating(), told && survivor.rule().starts_with("auto/"));
    if (told) {
      EXPECT_NE(survivor.verdict(), survivor.mutant_verdict()) << survivor.change();
    }
  }
}

TEST(Mutation, APastedCaseNoticesItsMutant) {
  const v1::RuleTestReport before = Mutated(*WorkedPolicy(), TestsOfTheDesign());
  std::string cases;
  for (const std::string& line : MutationText(before)) {
    if (line.starts_with("    - name:")) cases += line.substr(2) + "\n";
    if (line.starts_with("      ")) cases += line.substr(2) + "\n";
  }
  std::string text = TestsOfTheDesign();
  text.insert(text.find("table:"), cases);
  const v1::RuleTestReport after = Mutated(*WorkedPolicy(), text);
  EXPECT_GT(after.cases(), before.cases());
  EXPECT_THAT(after.failures(), ElementsAre());
  EXPECT_TRUE(after.passed());
  EXPECT_THAT(Survivors(after, Survivor::KIND_TESTS_CANNOT_TELL), ElementsAre());
}

TEST(Mutation, NothingIsMutatedWhileTestsFail) {
  std::string text = TestsOf(*ShippedPolicy());
  const std::string right = "mode: auto, areas: [], fired: [auto/standard-tiers]";
  text.replace(text.find(right), right.size(), "mode: sync");
  const v1::RuleTestReport report = Mutated(*ShippedPolicy(), text);
  EXPECT_FALSE(report.passed());
  EXPECT_FALSE(report.mutated());
  EXPECT_FALSE(report.failures().empty());
  EXPECT_THAT(MutationText(report), ElementsAre(HasSubstr("first the tests must pass")));
}

TEST(Mutation, AWrongFileIsAnError) {
  EXPECT_EQ(MutateRules(*ShippedPolicy(), "kind: Nothing\n", Day(2026, 11, 23)).status().code(),
            absl::StatusCode::kInvalidArgument);
}

TEST(MutationText, CountsAndNamesBothKinds) {
  const auto lines = MutationText(Mutated(*WorkedPolicy(), TestsOfTheDesign()));
  EXPECT_THAT(lines.front(), HasSubstr(" mutants, "));
  EXPECT_THAT(lines, Contains("Your tests cannot tell:"));
  EXPECT_THAT(lines, Contains("No spec can tell the difference:"));
  EXPECT_THAT(lines.back(), HasSubstr("FAILED"));
  const auto at = std::find(lines.begin(), lines.end(),
                            "  auto/standard-tiers: drop all[6] change.reversible is true  "
                            "(approves: add a case)");
  ASSERT_LT(at + 5, lines.end());
  EXPECT_THAT(std::vector<std::string>(at + 1, at + 6),
              ElementsAre("    changed, this spec would get gate: ok, mode: auto, fired: "
                          "[auto/standard-tiers], shadow: []",
                          "    - name: \"not auto/standard-tiers: drop all[6] change.reversible "
                          "is true\"",
                          "      set:", "        change.reversible: false",
                          "      expect: {gate: ok, mode: async, fired: [], shadow: []}"));
}

}  // namespace
}  // namespace gavel::rules
