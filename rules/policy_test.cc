#include <gtest/gtest.h>

#include "rules/rule_test.h"
#include "rules/test_policies.h"

namespace gavel::rules {
namespace {

void ExpectOwnTestsPass(const Policy& policy, int at_least) {
  const auto report = RunRuleTests(policy, policy.source().files().at("rules.test.yaml"));
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_GE(report->cases(), at_least);
  for (const std::string& failure : report->failures()) ADD_FAILURE() << failure;
}

TEST(RuleTestFile, ShippedPolicyPassesItsOwnTests) { ExpectOwnTestsPass(*ShippedPolicy(), 30); }
TEST(RuleTestFile, WorkedOrganisationPassesTheTestsOfTheDesign) {
  ExpectOwnTestsPass(*WorkedPolicy(), 23);
}

}  // namespace
}  // namespace gavel::rules
