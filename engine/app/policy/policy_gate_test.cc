// N001: what approves something new needs two people and a back-test.

#include <gtest/gtest.h>

#include "engine/app/command/entity.h"
#include "engine/app/policy/policy_source.h"
#include "engine/app/testing/policies.h"
#include "engine/base/sha256.h"
#include "engine/base/status_macros.h"

namespace gavel::app {
namespace {

using testing::LivePolicyOf;
using testing::PublishOf;
using testing::Reworded;
using testing::Service;
using testing::TryPublish;
using testing::Widened;

v1::ApproveRuleSetRequest ApproveOf(const v1::PublishRuleSetRequest& publish) {
  v1::ApproveRuleSetRequest request;
  *request.mutable_source() = publish.source();
  request.set_expected_parent(publish.expected_parent());
  return request;
}

v1::ApproveRuleSetResponse Approve(Service& service, std::string_view person,
                                   const v1::PublishRuleSetRequest& publish) {
  return service.Do(&RulesApi::ApproveRuleSet, person, ApproveOf(publish));
}

// A finished back-test of `source`, as the server records it; its id.
std::string Backtested(Service& service, const v1::PolicySource& source, int decided,
                       bool gate_met) {
  v1::BacktestReport report;
  report.set_candidate_source(SourceHash(source));
  report.set_decided(decided);
  report.set_gate_met(gate_met);
  report.set_harm_bound_percent(12.5);
  const std::string bytes = report.SerializeAsString();
  const std::string id = Sha256Hex(bytes);
  const auto written = service.environment().committer.Execute(
      {.principal = "gus", .method = "RecordBacktest", .request_id = "", .fingerprint = ""},
      [&](Transaction& transaction) -> absl::StatusOr<std::string> {
        v1::Event event;
        event.set_subject(ProposalSubject(report.candidate_source()));
        event.set_actor("gus");
        event.mutable_backtest_recorded()->set_id(id);
        transaction.PutBody(id, bytes);
        GAVEL_RETURN_IF_ERROR(transaction.Append(std::move(event)));
        return std::string();
      });
  EXPECT_TRUE(written.ok()) << written.status();
  return id;
}

std::string NeedsOf(const absl::Status& status) {
  EXPECT_EQ(ErrorReasonOf(status), "APPROVAL_NEEDED") << status.ToString();
  return ErrorMetadataOf(status)["needs"];
}

TEST(PolicyGateTest, AWidenedPolicyNeedsTwoPeopleAndABacktest) {
  Service service;
  auto publish = PublishOf(service, Widened(LivePolicyOf(service).source()));
  absl::Status status = TryPublish(service, publish);
  EXPECT_EQ(NeedsOf(status), "approvals,outsider,backtest");
  EXPECT_NE(status.message().find("s3/glacier"), std::string_view::npos) << status.message();
  EXPECT_EQ(ErrorMetadataOf(status)["source_hash"], SourceHash(publish.source()));
  EXPECT_EQ(ErrorMetadataOf(status)["owners"], "team:platform");

  Approve(service, "fay", publish);
  EXPECT_EQ(NeedsOf(TryPublish(service, publish)), "approvals,outsider,backtest");
  Approve(service, "lee", publish);
  EXPECT_EQ(NeedsOf(TryPublish(service, publish)), "outsider,backtest");
  EXPECT_EQ(Approve(service, "dee", publish).approvers_size(), 3);
  EXPECT_EQ(NeedsOf(TryPublish(service, publish)), "backtest");

  publish.set_backtest(Backtested(service, publish.source(), 40, true));
  const auto answer = service.Do(&RulesApi::PublishRuleSet, "gus", publish);
  EXPECT_EQ(answer.version().backtest(), publish.backtest());
  ASSERT_EQ(answer.version().approvers_size(), 3);
  EXPECT_EQ(answer.version().approvers(2), "dee");
  ASSERT_EQ(answer.version().changed_auto_rules_size(), 1);
  EXPECT_EQ(answer.version().changed_auto_rules(0), "auto/standard-tiers");
}

TEST(PolicyGateTest, NobodyCountsTwiceAndNoServiceCounts) {
  Service service;
  const auto publish = PublishOf(service, Widened(LivePolicyOf(service).source()));
  Approve(service, "dee", publish);
  EXPECT_EQ(Approve(service, "dee", publish).approvers_size(), 1);
  v1::ApproveRuleSetResponse response;
  EXPECT_EQ(
      ErrorReasonOf(service.Call(&RulesApi::ApproveRuleSet, "ci", ApproveOf(publish), &response)),
      "ROLE_MISSING");
  EXPECT_EQ(NeedsOf(TryPublish(service, publish)), "approvals,backtest");
}

TEST(PolicyGateTest, AnApprovalIsOfExactlyTheseFilesOverExactlyThatPolicy) {
  Service service;
  const v1::PolicySource live = LivePolicyOf(service).source();
  auto publish = PublishOf(service, Widened(live));
  Approve(service, "dee", publish);
  Approve(service, "fay", publish);
  auto other = publish;
  *other.mutable_source() = Reworded(publish.source());
  EXPECT_EQ(NeedsOf(TryPublish(service, other)), "approvals,outsider,backtest");

  testing::Publish(service, Reworded(live));
  publish.set_backtest(Backtested(service, publish.source(), 40, true));
  EXPECT_EQ(ErrorReasonOf(TryPublish(service, publish)), "PARENT_MISMATCH");
  publish.set_expected_parent(LivePolicyOf(service).version().source_hash());
  EXPECT_EQ(NeedsOf(TryPublish(service, publish)), "approvals,outsider");
  v1::ApproveRuleSetResponse response;
  auto late = ApproveOf(publish);
  late.set_expected_parent(SourceHash(live));
  EXPECT_EQ(ErrorReasonOf(service.Call(&RulesApi::ApproveRuleSet, "dee", late, &response)),
            "PARENT_MISMATCH");
}

TEST(PolicyGateTest, ABacktestIsOfExactlyTheseFilesAndWasMade) {
  Service service;
  const v1::PolicySource live = LivePolicyOf(service).source();
  auto publish = PublishOf(service, Widened(live));
  Approve(service, "dee", publish);
  Approve(service, "fay", publish);
  publish.set_backtest(Backtested(service, live, 40, true));
  EXPECT_EQ(NeedsOf(TryPublish(service, publish)), "backtest");

  // The bytes alone, which anybody could have brought in, are no back-test.
  v1::BacktestReport forged;
  forged.set_candidate_source(SourceHash(publish.source()));
  forged.set_gate_met(true);
  const std::string bytes = forged.SerializeAsString();
  const auto stored = service.environment().committer.Execute(
      {.principal = "gus", .method = "Forge", .request_id = "", .fingerprint = ""},
      [&](Transaction& transaction) -> absl::StatusOr<std::string> {
        transaction.PutBody(Sha256Hex(bytes), bytes);
        return std::string();
      });
  ASSERT_TRUE(stored.ok());
  publish.set_backtest(Sha256Hex(bytes));
  EXPECT_EQ(NeedsOf(TryPublish(service, publish)), "backtest");
}

TEST(PolicyGateTest, WithoutHistoryARuleStartsInShadow) {
  Service service;
  auto publish = PublishOf(service, Widened(LivePolicyOf(service).source()));
  Approve(service, "dee", publish);
  Approve(service, "fay", publish);
  publish.set_backtest(Backtested(service, publish.source(), 12, false));
  absl::Status status = TryPublish(service, publish);
  EXPECT_EQ(NeedsOf(status), "history");
  EXPECT_NE(status.message().find("12 decided cases"), std::string_view::npos);
  EXPECT_NE(status.message().find("state: shadow"), std::string_view::npos);
  EXPECT_NE(status.message().find("audit: 100%"), std::string_view::npos);

  publish.set_backtest(Backtested(service, publish.source(), 41, false));
  status = TryPublish(service, publish);
  EXPECT_EQ(NeedsOf(status), "history");
  EXPECT_NE(status.message().find("12.5 %"), std::string_view::npos) << status.message();
}

TEST(PolicyGateTest, ComingBackToAWiderPolicyNeedsTheSame) {
  Service service;
  const v1::GetPolicyResponse first = LivePolicyOf(service);
  testing::Publish(service, testing::Tightened(first.source()));
  v1::PublishRuleSetRequest back;
  back.set_source_hash(first.version().source_hash());
  back.set_expected_parent(LivePolicyOf(service).version().source_hash());
  EXPECT_EQ(NeedsOf(TryPublish(service, back)), "approvals,outsider,backtest");
}

}  // namespace
}  // namespace gavel::app
