// Looking at policies without changing anything: validate, test, compare, dry runs.

#include <algorithm>

#include <gtest/gtest.h>

#include "engine/app/testing/policies.h"
#include "engine/domain/names.h"

namespace gavel::app {
namespace {

using testing::Document;
using testing::Edit;
using testing::LivePolicyOf;
using testing::Publish;
using testing::Service;
using testing::Tightened;
using testing::Widened;

int64_t SeqOf(Service& service) {
  const auto view = service.environment().store.Read();
  return (*view)->head().seq;
}

TEST(PolicyApiTest, ValidationAnswersWithPlaces) {
  Service service;
  const v1::PolicySource live = LivePolicyOf(service).source();
  v1::ValidateRuleSetRequest request;
  auto answer = service.Do(&RulesApi::ValidateRuleSet, "ana", request);
  EXPECT_TRUE(answer.valid());
  EXPECT_EQ(answer.pins_size(), 3);

  *request.mutable_policy()->mutable_draft() =
      Edit(live, "rules.yaml", "deps.storage", "deps.storrage");
  answer = service.Do(&RulesApi::ValidateRuleSet, "ana", request);
  EXPECT_FALSE(answer.valid());
  ASSERT_GE(answer.problems_size(), 1);
  const v1::PolicyProblem& problem = answer.problems(0);
  EXPECT_EQ(problem.file(), "rules.yaml");
  EXPECT_GT(problem.line(), 0);
  EXPECT_GT(problem.column(), 0);
  EXPECT_EQ(problem.code(), "R001");
  EXPECT_EQ(problem.level(), v1::PolicyProblem::LEVEL_ERROR);

  (*request.mutable_policy()->mutable_draft()->mutable_files())["notes.txt"] = "hello";
  answer = service.Do(&RulesApi::ValidateRuleSet, "ana", request);
  ASSERT_EQ(answer.problems_size(), 1);
  EXPECT_EQ(answer.problems(0).file(), "notes.txt");
}

TEST(PolicyApiTest, AnAutoRuleThatCanNeverApplyIsNoValidPolicy) {
  Service service;
  v1::ValidateRuleSetRequest request;
  *request.mutable_policy()->mutable_draft() =
      Edit(LivePolicyOf(service).source(), "rules.yaml", "- deps.all: {size: {gt: 0}}",
           "- deps.all: {size: {gt: 0}}\n        - deps.all: {size: {lt: 1}}");
  const auto answer = service.Do(&RulesApi::ValidateRuleSet, "ana", request);
  EXPECT_FALSE(answer.valid());
  EXPECT_TRUE(std::any_of(answer.problems().begin(), answer.problems().end(),
                          [](const auto& problem) { return problem.code() == "R010"; }));
}

TEST(PolicyApiTest, TheTestsOfAPolicyRunWithAndWithoutMutation) {
  Service service;
  v1::TestRuleSetRequest request;
  auto report = service.Do(&RulesApi::TestRuleSet, "ana", request).report();
  EXPECT_TRUE(report.passed());
  EXPECT_FALSE(report.mutated());
  EXPECT_GT(report.cases(), 10);
  request.set_mutate(true);
  report = service.Do(&RulesApi::TestRuleSet, "ana", request).report();
  EXPECT_TRUE(report.passed());
  EXPECT_TRUE(report.mutated());
  EXPECT_GT(report.killed(), 0);

  v1::PolicySource without = LivePolicyOf(service).source();
  without.mutable_files()->erase("rules.test.yaml");
  *request.mutable_policy()->mutable_draft() = without;
  v1::TestRuleSetResponse none;
  EXPECT_EQ(ErrorReasonOf(service.Call(&RulesApi::TestRuleSet, "ana", request, &none)),
            "POLICY_INVALID");
}

TEST(PolicyApiTest, ADifferenceNamesExamplesAndRules) {
  Service service;
  const v1::GetPolicyResponse live = LivePolicyOf(service);
  v1::DiffRuleSetsRequest request;
  *request.mutable_candidate()->mutable_draft() = Widened(live.source());
  auto diff = service.Do(&RulesApi::DiffRuleSets, "ana", request).diff();
  ASSERT_GE(diff.newly_auto_size(), 1);
  EXPECT_EQ(diff.no_longer_auto_size(), 0);
  ASSERT_EQ(diff.changed_auto_rules_size(), 1);
  EXPECT_EQ(diff.changed_auto_rules(0), "auto/standard-tiers");

  // The example is real: the candidate approves it, the policy in force does not.
  v1::EvaluateRequest evaluate;
  *evaluate.mutable_facts() = diff.newly_auto(0).facts();
  EXPECT_NE(service.Do(&RulesApi::Evaluate, "ana", evaluate).verdict().mode(),
            v1::REVIEW_MODE_AUTO);
  *evaluate.mutable_policy()->mutable_draft() = Widened(live.source());
  EXPECT_EQ(service.Do(&RulesApi::Evaluate, "ana", evaluate).verdict().mode(),
            v1::REVIEW_MODE_AUTO);

  Publish(service, Tightened(live.source()));
  v1::DiffRuleSetsRequest back;
  back.mutable_candidate()->set_source_hash(live.version().source_hash());
  diff = service.Do(&RulesApi::DiffRuleSets, "ana", back).diff();
  EXPECT_GE(diff.newly_auto_size(), 1);
}

TEST(PolicyApiTest, ADryRunTakesAnyPolicyAndWritesNothing) {
  Service service;
  const v1::GetPolicyResponse first = LivePolicyOf(service);
  Publish(service, Tightened(first.source()));
  const int64_t seq = SeqOf(service);

  v1::EvaluateRequest request;
  request.set_content(Document("On lambda", "lambda/standard", "ana"));
  auto answer = service.Do(&RulesApi::Evaluate, "ana", request);
  EXPECT_EQ(answer.verdict().mode(), v1::REVIEW_MODE_SYNC);
  request.mutable_policy()->set_source_hash(first.version().source_hash());
  answer = service.Do(&RulesApi::Evaluate, "ana", request);
  EXPECT_EQ(answer.verdict().mode(), v1::REVIEW_MODE_AUTO);
  EXPECT_EQ(answer.verdict().pins().catalog(), first.pins(1));
  *request.mutable_policy()->mutable_draft() =
      Edit(first.source(), "rules.yaml", "id: auto/standard-tiers", "id: auto/other");
  answer = service.Do(&RulesApi::Evaluate, "ana", request);
  EXPECT_EQ(answer.verdict().auto_rule(), "auto/other");
  EXPECT_EQ(SeqOf(service), seq);
}

TEST(PolicyApiTest, WhatIfChangesFactsAndSaysSo) {
  Service service;
  const std::string key = service.Submit(
      "ana", "a.md", Document("A dedicated database", "postgres/dedicated-xl", "ana"));
  v1::EvaluateRequest request;
  request.set_spec(key);
  (*request.mutable_what_if())["deps"] = "[postgres/standard-m]";
  const auto answer = service.Do(&RulesApi::Evaluate, "ana", request);
  EXPECT_EQ(answer.verdict().mode(), v1::REVIEW_MODE_AUTO) << answer.verdict().summary();
  EXPECT_EQ(answer.facts().dependencies().source().kind(), "what-if");
  EXPECT_EQ(StateName(service.Get(key).state()), "ASYNC_REVIEW");

  (*request.mutable_what_if())["deps"] = "[";
  v1::EvaluateResponse none;
  EXPECT_EQ(ErrorReasonOf(service.Call(&RulesApi::Evaluate, "ana", request, &none)),
            "FIELD_INVALID");
}

TEST(PolicyApiTest, AnotherDayIsForDryRunsOnly) {
  Service service;
  v1::EvaluateRequest request;
  request.set_content(Document("A database", "postgres/standard-m", "ana"));
  request.mutable_as_of()->set_year(2028);
  request.mutable_as_of()->set_month(1);
  request.mutable_as_of()->set_day(1);
  const auto answer = service.Do(&RulesApi::Evaluate, "ana", request);
  EXPECT_NE(answer.verdict().mode(), v1::REVIEW_MODE_AUTO) << "rule and tier are past review_by";
  EXPECT_EQ(answer.verdict().pins().as_of().year(), 2028);
  request.mutable_as_of()->set_day(32);
  v1::EvaluateResponse none;
  EXPECT_EQ(ErrorReasonOf(service.Call(&RulesApi::Evaluate, "ana", request, &none)),
            "FIELD_INVALID");
}

TEST(PolicyApiTest, ADryRunHasExactlyOneSubject) {
  Service service;
  v1::EvaluateRequest request;
  v1::EvaluateResponse none;
  EXPECT_EQ(ErrorReasonOf(service.Call(&RulesApi::Evaluate, "ana", request, &none)),
            "FIELD_INVALID");
  request.set_content("# A\n");
  request.mutable_facts()->set_area("media");
  EXPECT_EQ(ErrorReasonOf(service.Call(&RulesApi::Evaluate, "ana", request, &none)),
            "FIELD_INVALID");
}

}  // namespace
}  // namespace gavel::app
