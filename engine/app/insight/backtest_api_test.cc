// Back-tests and suggestions through the API, over reviews that this service saw.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/app/command/run_command.h"
#include "engine/app/policy/policy_reports.h"
#include "engine/app/testing/policies.h"
#include "engine/app/testing/service.h"

namespace gavel::app {
namespace {

using testing::Document;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::LivePolicyOf;
using testing::Publish;
using testing::Reworded;
using testing::Service;
using ::testing::SizeIs;
using testing::Tightened;
using testing::Widened;

template <typename Request, typename Response>
absl::Status Call(Service& service,
                  absl::Status (RulesApi::*method)(const Caller&, const Request&,
                                                   const Progress<Response>&, Response*),
                  const Request& request, Response* response) {
  RulesApi api(service.environment());
  const auto ignore = [](const Response&) { return true; };
  return (api.*method)(Caller{.principal = "ana"}, request, ignore, response);
}

v1::BacktestReport Backtest(Service& service, const v1::BacktestRuleSetRequest& request) {
  v1::BacktestRuleSetResponse response;
  const absl::Status status = Call(service, &RulesApi::BacktestRuleSet, request, &response);
  EXPECT_TRUE(status.ok()) << status;
  EXPECT_EQ(response.cases_done(), response.report().cases());
  return response.report();
}

v1::BacktestRuleSetRequest Of(const v1::PolicySource& draft) {
  v1::BacktestRuleSetRequest request;
  *request.mutable_candidate()->mutable_draft() = draft;
  return request;
}

// The stored report, as a publish looks it up.
std::optional<v1::BacktestReport> Stored(Service& service, const v1::BacktestReport& of) {
  std::optional<v1::BacktestReport> report;
  const absl::Status read =
      RunQuery(service.environment(), Caller{.principal = "ana"},
               [&](const Workflow& workflow) -> absl::Status {
                 GAVEL_ASSIGN_OR_RETURN(
                     report, FindBacktest(workflow.transaction(), of.candidate_source(), of.id()));
                 return absl::OkStatus();
               });
  EXPECT_TRUE(read.ok()) << read;
  return report;
}

std::string SubmitOne(Service& service, const std::string& path, std::string_view use) {
  return service.Submit("ana", path, Document("Resize on a queue", use, "ana"));
}

TEST(BacktestApi, SaysWhatACandidateWouldHaveDone) {
  Service service;
  SubmitOne(service, "specs/a.md", "postgres/standard-m");
  const std::string cold = SubmitOne(service, "specs/b.md", "s3/glacier");
  service.Submit("ana", "specs/old.md", "# An old design\n\nSome words.\n");
  const auto report = Backtest(service, Of(Widened(LivePolicyOf(service).source())));
  EXPECT_EQ(report.cases(), 3);
  EXPECT_EQ(report.live_counts().auto_(), 1);
  EXPECT_EQ(report.candidate_counts().auto_(), 2);
  EXPECT_EQ(report.candidate_counts().cannot_tell(), 1);
  EXPECT_EQ(report.newly_auto(), 1);
  EXPECT_THAT(report.newly_auto_from_sync(), ElementsAre(cold));
  EXPECT_EQ(report.decided(), 0) << "one is open, a rule approved the other";
  EXPECT_FALSE(report.gate_met());
  EXPECT_FALSE(report.lines().empty());
}

TEST(BacktestApi, KeepsTheReportForAPublish) {
  Service service;
  SubmitOne(service, "specs/a.md", "postgres/standard-m");
  const v1::PolicySource draft = Widened(LivePolicyOf(service).source());
  const auto report = Backtest(service, Of(draft));
  const auto stored = Stored(service, report);
  ASSERT_TRUE(stored.has_value());
  EXPECT_EQ(stored->SerializeAsString(), report.SerializeAsString());
  EXPECT_EQ(report.live_source(), LivePolicyOf(service).version().source_hash());
  EXPECT_NE(report.candidate_source(), report.live_source());
  EXPECT_EQ(Backtest(service, Of(draft)).id(), report.id()) << "the same question, the same answer";
}

TEST(BacktestApi, LooksAtTheDaysAskedFor) {
  Service service;  // Submitted on 2026-11-23.
  SubmitOne(service, "specs/a.md", "postgres/standard-m");
  service.AdvanceTo(service.now() + absl::Hours(24 * 10));
  SubmitOne(service, "specs/b.md", "postgres/standard-m");
  v1::BacktestRuleSetRequest request;
  EXPECT_EQ(Backtest(service, request).cases(), 2);
  request.mutable_until()->set_year(2026);
  request.mutable_until()->set_month(12);
  request.mutable_until()->set_day(2);
  EXPECT_EQ(Backtest(service, request).cases(), 1);
  *request.mutable_since() = request.until();
  EXPECT_EQ(Backtest(service, request).cases(), 0);
}

TEST(BacktestApi, JudgesByTheCatalogOfTheDayUnlessAskedOtherwise) {
  Service service;
  SubmitOne(service, "specs/a.md", "lambda/standard");
  service.AdvanceTo(service.now() + absl::Hours(24 * 5));
  Publish(service, Tightened(LivePolicyOf(service).source()));  // No longer approves lambda.
  v1::BacktestRuleSetRequest request = Of(Reworded(LivePolicyOf(service).source()));
  EXPECT_EQ(Backtest(service, request).candidate_counts().auto_(), 1);
  request.set_catalog_today(true);
  const auto today = Backtest(service, request);
  EXPECT_EQ(today.candidate_counts().auto_(), 0);
  EXPECT_TRUE(today.catalog_today());
}

TEST(BacktestApi, RefusesDaysThatDoNotExistAndPoliciesThatDoNotCompile) {
  Service service;
  v1::BacktestRuleSetResponse response;
  v1::BacktestRuleSetRequest request;
  request.mutable_since()->set_year(2026);
  request.mutable_since()->set_month(2);
  request.mutable_since()->set_day(30);
  EXPECT_EQ(ErrorReasonOf(Call(service, &RulesApi::BacktestRuleSet, request, &response)),
            "FIELD_INVALID");
  request.mutable_since()->set_year(2027);
  request.mutable_since()->set_day(1);
  EXPECT_EQ(ErrorReasonOf(Call(service, &RulesApi::BacktestRuleSet, request, &response)),
            "FIELD_INVALID");
  v1::PolicySource broken = LivePolicyOf(service).source();
  broken.mutable_files()->at("rules.yaml") = "kind: RuleSet\n";
  EXPECT_EQ(ErrorReasonOf(Call(service, &RulesApi::BacktestRuleSet, Of(broken), &response)),
            "POLICY_INVALID");
  request.Clear();
  request.mutable_candidate()->set_source_hash("0123");
  EXPECT_EQ(ErrorReasonOf(Call(service, &RulesApi::BacktestRuleSet, request, &response)),
            "POLICY_NOT_FOUND");
}

TEST(SuggestApi, NamesWhatKeptSpecsFromApproval) {
  Service service;
  for (const char* path : {"specs/a.md", "specs/b.md"}) SubmitOne(service, path, "s3/glacier");
  v1::SuggestRulesResponse response;
  const absl::Status status =
      Call(service, &RulesApi::SuggestRules, v1::SuggestRulesRequest(), &response);
  ASSERT_TRUE(status.ok()) << status;
  EXPECT_EQ(response.report().cases(), 2);
  ASSERT_THAT(response.report().near_misses(), SizeIs(1));
  EXPECT_EQ(response.report().near_misses(0).rule(), "auto/standard-tiers");
  EXPECT_EQ(response.report().near_misses(0).specs(), 2);
  EXPECT_THAT(response.report().near_misses(0).condition(), HasSubstr("deps.storage"));
}

TEST(SuggestApi, RefusesANegativeSupport) {
  Service service;
  v1::SuggestRulesRequest request;
  request.set_min_support(-1);
  v1::SuggestRulesResponse response;
  EXPECT_EQ(ErrorReasonOf(Call(service, &RulesApi::SuggestRules, request, &response)),
            "FIELD_INVALID");
}

}  // namespace
}  // namespace gavel::app
