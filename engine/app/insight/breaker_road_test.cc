// The breaker through the whole application: it opens inside the command that gives the reason, and
// only a person closes it.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "engine/app/testing/policy_folder.h"
#include "engine/app/testing/service.h"
#include "engine/base/error.h"
#include "engine/domain/names.h"

namespace gavel::app {
namespace {

using testing::Document;
using ::testing::ElementsAre;
using testing::PolicyFolder;
using testing::Service;

constexpr char kRule[] = "auto/standard-tiers";

std::string Text(int number) {
  return Document(fmt::format("Resize number {}", number), "postgres/standard-m", "ana");
}

std::string Submit(Service& service, int number) {
  return service.Submit("ana", fmt::format("specs/{}.md", number), Text(number));
}

std::string Draft(Service& service, int number) {
  v1::CreateSpecRequest create;
  create.set_repository("github.com/acme/uploads");
  create.set_path(fmt::format("specs/{}.md", number));
  create.set_content(Text(number));
  return service.Do(&SpecApi::CreateSpec, "ana", create).spec().key();
}

v1::RuleHealth Health(Service& service) {
  const auto response = service.Do(&RulesApi::ListRuleHealth, "ana", v1::ListRuleHealthRequest());
  for (const v1::RuleHealth& rule : response.rules()) {
    if (rule.rule() == kRule) return rule;
  }
  ADD_FAILURE() << "no " << kRule;
  return {};
}

v1::RuleResult ResultOfRule(const v1::Spec& spec) {
  for (const v1::RuleResult& rule : spec.verdict().rules()) {
    if (rule.id() == kRule) return rule;
  }
  ADD_FAILURE() << "no " << kRule;
  return {};
}

void Fail(Service& service, const std::string& key) {
  v1::RecordAuditRequest request;
  request.set_spec(key);
  request.set_result(v1::AuditRecorded::RESULT_HARMFUL);
  request.set_text("It loses uploads.");
  service.Do(&SpecApi::RecordAudit, "eli", request);
}

v1::CloseBreakerRequest Closing(const std::string& text = "The two cases were a missing rule.") {
  v1::CloseBreakerRequest request;
  request.set_rule(kRule);
  request.set_text(text);
  return request;
}

// Automatic approvals of every spec are allowed three times; the fourth is one too many.
PolicyFolder ThreeAtMost() {
  return PolicyFolder({{"rules.yaml", "min_decisions: 30", "min_decisions: 4"}});
}

TEST(BreakerRoadTest, TwoFailedAuditsStopTheRuleAtOnce) {
  Service service;
  const std::string first = Submit(service, 1);
  const std::string second = Submit(service, 2);
  const std::string third = Submit(service, 3);
  Fail(service, first);
  EXPECT_FALSE(Health(service).breaker_open());
  Fail(service, second);

  const v1::RuleHealth health = Health(service);
  EXPECT_TRUE(health.breaker_open());
  EXPECT_EQ(health.breaker_reason(), "2 failed audits in 28 days; the limit is 2");
  EXPECT_THAT(health.breaker_specs(), ElementsAre(first, second));
  EXPECT_EQ(FromProto(health.breaker_time()), FromProto(service.Get(second).update_time()));
  EXPECT_EQ(health.audited(), 2);
  EXPECT_EQ(health.audit_failures(), 2);
  EXPECT_NEAR(health.failure_bound_percent(), 100, 1e-6);
  // What was granted stays granted, and is listed.
  EXPECT_EQ(service.Get(third).state(), v1::Spec::STATE_AUTO_APPROVED);
  EXPECT_THAT(health.envelopes(), ElementsAre(third));

  const v1::Spec fourth = service.Get(Submit(service, 4));
  EXPECT_EQ(fourth.state(), v1::Spec::STATE_ASYNC_REVIEW);
  EXPECT_EQ(ResultOfRule(fourth).suspension(), v1::RuleResult::SUSPENSION_BREAKER_OPEN);
}

TEST(BreakerRoadTest, TooLargeAShareStopsTheRuleThatGaveTheLastApproval) {
  const PolicyFolder policy = ThreeAtMost();
  Service service(testing::Monday(), policy.path());
  std::vector<std::string> keys;
  for (int i = 1; i <= 4; ++i) {
    keys.push_back(Submit(service, i));
    EXPECT_EQ(service.Get(keys.back()).state(), v1::Spec::STATE_AUTO_APPROVED) << i;
    EXPECT_EQ(Health(service).breaker_open(), i == 4) << i;
  }
  EXPECT_EQ(Health(service).breaker_reason(),
            "4 of 4 decisions in 28 days are automatic; the limit is 90 %");
  EXPECT_THAT(Health(service).breaker_specs(), ::testing::ElementsAreArray(keys));
  EXPECT_EQ(service.Get(Submit(service, 5)).state(), v1::Spec::STATE_ASYNC_REVIEW);
}

// Row 59 of the edge table: those that wait behind the opening command see it, also in one group.
TEST(BreakerRoadTest, TwelveThatWaitAreEachEvaluatedWithTheBreakerOpen) {
  const PolicyFolder policy = ThreeAtMost();
  Service service(testing::Monday(), policy.path());
  for (int i = 1; i <= 3; ++i) Submit(service, i);
  std::vector<std::string> waiting;
  for (int i = 4; i <= 16; ++i) waiting.push_back(Draft(service, i));

  std::vector<std::thread> authors;
  for (const std::string& key : waiting) {
    authors.emplace_back([&service, &key] {
      v1::SubmitSpecRequest submit;
      submit.set_spec(key);
      service.Do(&SpecApi::SubmitSpec, "ana", submit);
    });
  }
  for (std::thread& author : authors) author.join();

  int approved = 0;
  int reviewed = 0;
  for (const std::string& key : waiting) {
    const v1::Spec::State state = service.Get(key).state();
    approved += state == v1::Spec::STATE_AUTO_APPROVED ? 1 : 0;
    reviewed += state == v1::Spec::STATE_ASYNC_REVIEW ? 1 : 0;
  }
  EXPECT_EQ(approved, 1);  // The one that opened it.
  EXPECT_EQ(reviewed, 12);
}

TEST(BreakerRoadTest, OnlyAnAdminClosesItAndSaysWhy) {
  Service service;
  v1::CloseBreakerResponse response;
  const auto close = [&](std::string_view person, const v1::CloseBreakerRequest& request) {
    return ErrorReasonOf(service.Call(&RulesApi::CloseBreaker, person, request, &response));
  };
  EXPECT_EQ(close("gus", Closing()), "GUARD_FAILED");  // It is closed.
  v1::CloseBreakerRequest unknown = Closing();
  unknown.set_rule("auto/no-such");
  EXPECT_EQ(close("gus", unknown), "RULE_NOT_FOUND");

  Fail(service, Submit(service, 1));
  Fail(service, Submit(service, 2));
  for (const char* person : {"ana", "eli", "kim", "ci"}) {
    EXPECT_EQ(close(person, Closing()), "ROLE_MISSING") << person;
  }
  EXPECT_EQ(close("gus", Closing("")), "FIELD_INVALID");
  EXPECT_TRUE(Health(service).breaker_open());
  EXPECT_EQ(close("gus", Closing()), "");
  EXPECT_FALSE(response.rule().breaker_open());
  EXPECT_EQ(response.rule().rule(), kRule);
  EXPECT_GT(response.seq(), 0);
}

TEST(BreakerRoadTest, OnceClosedOldCasesDoNotOpenItAgain) {
  Service service;
  Fail(service, Submit(service, 1));
  Fail(service, Submit(service, 2));
  service.Do(&RulesApi::CloseBreaker, "gus", Closing());
  const std::string third = Submit(service, 3);
  EXPECT_EQ(service.Get(third).state(), v1::Spec::STATE_AUTO_APPROVED);
  Fail(service, third);
  EXPECT_FALSE(Health(service).breaker_open());
  Fail(service, Submit(service, 4));
  EXPECT_TRUE(Health(service).breaker_open());
}

TEST(BreakerRoadTest, OnceClosedTheShareIsCountedAnew) {
  const PolicyFolder policy = ThreeAtMost();
  Service service(testing::Monday(), policy.path());
  for (int i = 1; i <= 4; ++i) Submit(service, i);
  service.Do(&RulesApi::CloseBreaker, "gus", Closing());
  for (int i = 5; i <= 7; ++i) {
    EXPECT_EQ(service.Get(Submit(service, i)).state(), v1::Spec::STATE_AUTO_APPROVED) << i;
  }
  EXPECT_FALSE(Health(service).breaker_open());
  Submit(service, 8);
  EXPECT_TRUE(Health(service).breaker_open());
}

TEST(BreakerRoadTest, AValidateOnlySubmitOpensNothing) {
  const PolicyFolder policy = ThreeAtMost();
  Service service(testing::Monday(), policy.path());
  for (int i = 1; i <= 3; ++i) Submit(service, i);
  v1::SubmitSpecRequest submit;
  submit.set_spec(Draft(service, 4));
  submit.set_validate_only(true);
  EXPECT_EQ(service.Do(&SpecApi::SubmitSpec, "ana", submit).spec().state(),
            v1::Spec::STATE_AUTO_APPROVED);
  EXPECT_FALSE(Health(service).breaker_open());
}

TEST(BreakerRoadTest, OpeningAndClosingAreInTheLog) {
  Service service;
  Fail(service, Submit(service, 1));
  Fail(service, Submit(service, 2));
  service.Do(&RulesApi::CloseBreaker, "gus", Closing());
  const auto view = service.environment().store.Read();
  ASSERT_TRUE(view.ok());
  const auto events = (*view)->EventsOf(std::string("rules/") + kRule, "", 0, 10);
  ASSERT_TRUE(events.ok());
  ASSERT_EQ(events->size(), 2u);
  EXPECT_EQ((*events)[0].type, "BreakerOpened");
  EXPECT_EQ((*events)[0].actor, "system");
  EXPECT_EQ((*events)[1].type, "BreakerClosed");
  EXPECT_EQ((*events)[1].actor, "gus");
  EXPECT_LT((*events)[0].subject_version, (*events)[1].subject_version);
}

}  // namespace
}  // namespace gavel::app
