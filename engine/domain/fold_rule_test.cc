#include "engine/domain/fold_rule.h"

#include <gtest/gtest.h>

#include "engine/domain/names.h"
#include "engine/domain/review_end.h"
#include "fmt/format.h"

namespace gavel {
namespace {

absl::Time At(int month, int day) {
  return absl::FromCivil(absl::CivilDay(2026, month, day), absl::UTCTimeZone());
}

v1::Event Approved(absl::Time time) {
  v1::Event event;
  *event.mutable_time() = ToProto(time);
  v1::Decision& decision = *event.mutable_decision_recorded()->mutable_decision();
  decision.set_id("d1");
  decision.set_authority(v1::Decision::AUTHORITY_RULE);
  decision.set_rule("auto/a");
  return event;
}

v1::Event Audited(const std::string& spec, v1::AuditRecorded::Result result) {
  v1::Event event;
  event.set_spec(spec);
  event.set_actor("eli");
  *event.mutable_time() = ToProto(At(11, 2));
  event.mutable_audit_recorded()->set_result(result);
  event.mutable_audit_recorded()->set_text("Looked at it.");
  event.mutable_audit_recorded()->set_decision("d1");
  event.mutable_audit_recorded()->set_rule("auto/a");
  return event;
}

TEST(FoldRuleTest, CountsApprovalsAndKnowsTheFirstOfAMonth) {
  v1::RuleRecord record;
  std::vector<std::pair<int, bool>> seen;
  for (const absl::Time time : {At(10, 31), At(11, 1), At(11, 30), At(12, 1)}) {
    const v1::ReviewEnd end = ReviewEndOf(Approved(time), v1::Spec(), record);
    seen.emplace_back(end.ordinal(), end.first_of_month());
    FoldRule(Approved(time), record);
  }
  const std::vector<std::pair<int, bool>> expected = {{1, true}, {2, true}, {3, false}, {4, true}};
  EXPECT_EQ(seen, expected);
}

TEST(FoldRuleTest, TheNewestAuditOfADecisionCounts) {
  v1::RuleRecord record;
  FoldRule(Audited("M-1", v1::AuditRecorded::RESULT_HARMFUL), record);
  FoldRule(Audited("M-1", v1::AuditRecorded::RESULT_SHOULD_HAVE_BEEN_REVIEWED), record);
  EXPECT_EQ(record.failed_audits_size(), 1);
  FoldRule(Audited("M-1", v1::AuditRecorded::RESULT_FINE), record);
  EXPECT_EQ(record.failed_audits_size(), 0);
}

TEST(FoldRuleTest, ClosingTheBreakerForgetsTheCases) {
  v1::RuleRecord record;
  FoldRule(Audited("M-1", v1::AuditRecorded::RESULT_HARMFUL), record);
  v1::Event opened;
  *opened.mutable_time() = ToProto(At(11, 2));
  opened.mutable_breaker_opened()->set_rule("auto/a");
  opened.mutable_breaker_opened()->set_reason("failed audits");
  opened.mutable_breaker_opened()->add_specs("M-1");
  FoldRule(opened, record);
  EXPECT_TRUE(IsBreakerOpen(record));
  EXPECT_EQ(record.breaker_specs(0), "M-1");

  v1::Event closed;
  *closed.mutable_time() = ToProto(At(11, 3));
  closed.mutable_breaker_closed()->set_rule("auto/a");
  FoldRule(closed, record);
  EXPECT_FALSE(IsBreakerOpen(record));
  EXPECT_EQ(record.failed_audits_size(), 0);
  EXPECT_EQ(record.breaker_specs_size(), 0);
  EXPECT_EQ(FromProto(record.close_time()), At(11, 3));
}

TEST(FoldRuleTest, RemembersABoundedNumberOfFailures) {
  v1::RuleRecord record;
  for (int i = 0; i < 1100; ++i) {
    FoldRule(Audited(fmt::format("M-{}", i), v1::AuditRecorded::RESULT_HARMFUL), record);
  }
  EXPECT_EQ(record.failed_audits_size(), 1000);
  EXPECT_EQ(record.failed_audits(999).spec(), "M-1099");
}

TEST(ReviewEndTest, OnlyDecisionsByRulesHaveARuleBehindThem) {
  EXPECT_EQ(RuleBehind(Approved(At(11, 1))), "auto/a");
  EXPECT_EQ(RuleBehind(Audited("M-1", v1::AuditRecorded::RESULT_FINE)), "auto/a");
  v1::Event by_people = Approved(At(11, 1));
  by_people.mutable_decision_recorded()->mutable_decision()->set_authority(
      v1::Decision::AUTHORITY_ASYNC);
  EXPECT_EQ(RuleBehind(by_people), "");
  EXPECT_EQ(RuleBehind(v1::Event()), "");
}

TEST(ReviewEndTest, AnAuditIsKeptWithTheApproval) {
  v1::ReviewEnd end = ReviewEndOf(Approved(At(11, 1)), v1::Spec(), v1::RuleRecord());
  FoldAudit(Audited("M-1", v1::AuditRecorded::RESULT_FINE), end);
  EXPECT_EQ(end.audit_result(), v1::AuditRecorded::RESULT_FINE);
  EXPECT_EQ(end.auditor(), "eli");
  EXPECT_EQ(end.audit_text(), "Looked at it.");
  EXPECT_EQ(FromProto(end.audit_time()), At(11, 2));
}

}  // namespace
}  // namespace gavel
