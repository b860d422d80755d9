// How the rules do, and what is said before their time is over.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/app/command/event_row.h"
#include "engine/app/testing/policy_folder.h"
#include "engine/app/testing/service.h"
#include "engine/domain/names.h"
#include "engine/domain/planning/civil_date.h"

namespace gavel::app {
namespace {

using ::testing::Contains;
using testing::Document;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;
using testing::PolicyFolder;
using testing::Service;

constexpr char kAuto[] = "auto/standard-tiers";
constexpr char kUndeclared[] = "review/undeclared-dependency";

v1::ListRuleHealthResponse List(Service& service) {
  return service.Do(&RulesApi::ListRuleHealth, "ana", v1::ListRuleHealthRequest());
}

v1::RuleHealth Of(Service& service, const std::string& rule) {
  const v1::ListRuleHealthResponse list = List(service);
  for (const v1::RuleHealth& health : list.rules()) {
    if (health.rule() == rule) return health;
  }
  ADD_FAILURE() << "no " << rule;
  return {};
}

std::string Submit(Service& service, int number, const std::string& extra_text = "") {
  return service.Submit(
      "ana", fmt::format("specs/{}.md", number),
      Document(fmt::format("Resize number {}", number), "postgres/standard-m", "ana") + extra_text);
}

TEST(RuleHealthTest, EveryRuleOfThePolicyIsListedById) {
  Service service;
  std::vector<std::string> ids;
  const v1::ListRuleHealthResponse list = List(service);
  for (const v1::RuleHealth& health : list.rules()) {
    ids.push_back(health.rule());
    EXPECT_EQ(health.failure_bound_percent(), 100) << health.rule();
    EXPECT_THAT(health.remarks(), IsEmpty()) << health.rule();
  }
  EXPECT_THAT(ids, ElementsAre(kAuto, "review/one-way-door", "review/sensitive-data", kUndeclared));
}

TEST(RuleHealthTest, CountsFiringsApprovalsAuditsAndEnvelopes) {
  Service service;
  const std::string first = Submit(service, 1);
  const std::string second = Submit(service, 2);
  const std::string third = Submit(service, 3, "\nIt keeps a copy in kafka.\n");
  ASSERT_EQ(service.Get(third).state(), v1::Spec::STATE_ASYNC_REVIEW)
      << service.Get(third).verdict().summary();
  v1::RecordAuditRequest audit;
  audit.set_spec(first);
  audit.set_result(v1::AuditRecorded::RESULT_FINE);
  service.Do(&SpecApi::RecordAudit, "eli", audit);

  const v1::RuleHealth health = Of(service, kAuto);
  EXPECT_EQ(health.fired(), 2);
  EXPECT_EQ(health.approved(), 2);
  EXPECT_EQ(health.audited(), 1);
  EXPECT_EQ(health.audit_failures(), 0);
  EXPECT_NEAR(health.failure_bound_percent(), 95, 1e-6);  // 1 - 0.05: one clean audit says little.
  EXPECT_THAT(health.envelopes(), ElementsAre(first, second));
  EXPECT_EQ(Of(service, kUndeclared).fired(), 1);
  EXPECT_EQ(List(service).decisions(), 2);
  EXPECT_EQ(List(service).automatic(), 2);
}

TEST(RuleHealthTest, WhatLiesBeforeTheWindowIsForgottenButEnvelopesAreNot) {
  Service service;
  const std::string key = Submit(service, 1);
  service.AdvanceTo(service.now() + absl::Hours(24 * 30));
  EXPECT_EQ(Of(service, kAuto).fired(), 0);
  EXPECT_EQ(Of(service, kAuto).approved(), 0);
  EXPECT_EQ(List(service).decisions(), 0);
  EXPECT_THAT(Of(service, kAuto).envelopes(), ElementsAre(key));
  service.AdvanceTo(service.now() + absl::Hours(24 * 160));
  EXPECT_THAT(Of(service, kAuto).envelopes(), IsEmpty());
}

TEST(RuleHealthTest, ARuleThatSponsorsSetAsideIsACandidateForChange) {
  Service service;
  const std::string mention = "\nIt keeps a copy in kafka.\n";
  const std::string first = Submit(service, 1, mention);
  Submit(service, 2, mention);
  EXPECT_THAT(Of(service, kUndeclared).remarks(), IsEmpty());
  v1::OverrideRuleRequest request;
  request.set_spec(first);
  request.set_rule(kUndeclared);
  request.set_reason("Kafka is only the source of the copy.");
  service.Do(&SpecApi::OverrideRule, "chen", request);
  const v1::RuleHealth health = Of(service, kUndeclared);
  EXPECT_EQ(health.fired(), 2);
  EXPECT_EQ(health.overridden(), 1);
  EXPECT_THAT(health.remarks(), ElementsAre("overridden in 50 % of its firings"));
}

TEST(RuleHealthTest, SaysAheadWhenARuleAndItsTiersExpire) {
  Service service;  // Everything is to be reviewed by 2027-11-23.
  service.AdvanceTo(absl::CivilMinute(2027, 10, 23, 12, 0));
  EXPECT_THAT(Of(service, kAuto).remarks(), IsEmpty());
  service.AdvanceTo(absl::CivilMinute(2027, 11, 20, 12, 0));
  EXPECT_THAT(Of(service, kAuto).remarks(), Contains("expires in 3 days"));
  EXPECT_THAT(Of(service, kAuto).remarks(),
              Contains("postgres/standard-m stops being standard in 3 days"));
  EXPECT_THAT(Of(service, kUndeclared).remarks(), IsEmpty());
  service.AdvanceTo(absl::CivilMinute(2027, 11, 23, 12, 0));
  EXPECT_THAT(Of(service, kAuto).remarks(), Contains("expires today"));
  EXPECT_EQ(service.Get(Submit(service, 1)).state(), v1::Spec::STATE_AUTO_APPROVED);
  service.AdvanceTo(absl::CivilMinute(2027, 11, 24, 12, 0));
  EXPECT_THAT(Of(service, kAuto).remarks(), Contains("expired"));
  EXPECT_THAT(Of(service, kAuto).remarks(), Contains("postgres/standard-m is no longer standard"));
  EXPECT_EQ(service.Get(Submit(service, 2)).state(), v1::Spec::STATE_ASYNC_REVIEW);
}

TEST(RuleHealthTest, TheOwnerIsRemindedThreeTimes) {
  Service service;
  service.AdvanceTo(absl::CivilMinute(2027, 12, 1, 12, 0));
  const auto view = service.environment().store.Read();
  ASSERT_TRUE(view.ok());
  const auto rows = (*view)->EventsOf(std::string("rules/") + kAuto, "ReminderSent", 0, 10);
  ASSERT_TRUE(rows.ok());
  std::vector<std::pair<std::string, absl::CivilDay>> sent;
  for (const store::EventRow& row : *rows) {
    const v1::Event event = *EventFromRow(row);
    sent.emplace_back(event.reminder_sent().kind(),
                      absl::ToCivilDay(FromProto(event.time()), absl::UTCTimeZone()));
    EXPECT_THAT(event.reminder_sent().people(), ElementsAre("fay", "gus", "lee"));
  }
  EXPECT_THAT(sent, ElementsAre(std::pair("rule.expires.30", absl::CivilDay(2027, 10, 24)),
                                std::pair("rule.expires.14", absl::CivilDay(2027, 11, 9)),
                                std::pair("rule.expires.3", absl::CivilDay(2027, 11, 20))));
  EXPECT_EQ(EventFromRow(rows->back())->reminder_sent().text(),
            "auto/standard-tiers: expires in 3 days. Review it, and publish it with a new "
            "`review_by`.");
}

TEST(RuleHealthTest, RulesInShadowRemindNobody) {
  Service service;
  service.AdvanceTo(absl::CivilMinute(2028, 12, 1, 12, 0));
  const auto view = service.environment().store.Read();
  ASSERT_TRUE(view.ok());
  EXPECT_TRUE((*view)->EventsOf("rules/review/one-way-door", "", 0, 10)->empty());
  EXPECT_EQ((*view)->EventsOf(std::string("rules/") + kUndeclared, "", 0, 10)->size(), 3u);
}

}  // namespace
}  // namespace gavel::app
