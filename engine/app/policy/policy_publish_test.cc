// Publishing: what may come into force, when, and what is left when it may not.

#include <atomic>
#include <filesystem>
#include <fstream>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "engine/app/command/canonical_bytes.h"
#include "engine/app/policy/policy_source.h"
#include "engine/app/testing/policies.h"
#include "engine/base/status_macros.h"
#include "engine/domain/names.h"

namespace gavel::app {
namespace {

using testing::Document;
using testing::Edit;
using testing::LivePolicyOf;
using testing::Publish;
using testing::PublishOf;
using testing::Reworded;
using testing::Service;
using testing::Stricter;
using testing::Tightened;
using testing::TryPublish;

std::string LiveHash(Service& service) { return LivePolicyOf(service).version().source_hash(); }

TEST(PolicyPublishTest, ThePolicyIsInForceWithoutARestart) {
  Service service;
  const v1::GetPolicyResponse before = LivePolicyOf(service);
  const auto answer = Publish(service, Tightened(before.source()));
  EXPECT_EQ(answer.version().parent(), before.version().source_hash());
  EXPECT_EQ(answer.version().publisher(), "gus");
  EXPECT_FALSE(answer.version().first());
  EXPECT_EQ(answer.diff().newly_auto_size(), 0);
  EXPECT_GE(answer.diff().no_longer_auto_size(), 1);

  const v1::GetPolicyResponse after = LivePolicyOf(service);
  EXPECT_EQ(after.version().source_hash(), answer.version().source_hash());
  EXPECT_NE(after.pins(1), before.pins(1));
  EXPECT_EQ(after.pins(2), before.pins(2)) << "the organisation did not change";
  const v1::Spec spec =
      service.Get(service.Submit("ana", "a.md", Document("On lambda", "lambda/standard", "ana")));
  EXPECT_EQ(StateName(spec.state()), "ASYNC_REVIEW");
  EXPECT_EQ(spec.verdict().pins().catalog(), after.pins(1));
}

TEST(PolicyPublishTest, EveryVersionIsKeptAndListedNewestFirst) {
  Service service;
  const v1::GetPolicyResponse first = LivePolicyOf(service);
  EXPECT_TRUE(first.version().first());
  EXPECT_EQ(first.version().publisher(), "system");
  const auto second = Publish(service, Reworded(first.source()));
  const auto third = Publish(service, Tightened(first.source()));

  v1::ListPolicyVersionsRequest request;
  request.set_page_size(2);
  auto page = service.Do(&RulesApi::ListPolicyVersions, "ana", request);
  ASSERT_EQ(page.versions_size(), 2);
  EXPECT_EQ(page.versions(0).source_hash(), third.version().source_hash());
  EXPECT_EQ(page.versions(1).source_hash(), second.version().source_hash());
  request.set_page_token(page.next_page_token());
  page = service.Do(&RulesApi::ListPolicyVersions, "ana", request);
  ASSERT_EQ(page.versions_size(), 1);
  EXPECT_EQ(page.versions(0).source_hash(), first.version().source_hash());
  EXPECT_TRUE(page.next_page_token().empty());

  v1::GetPolicyRequest old;
  old.set_source_hash(first.version().source_hash());
  EXPECT_EQ(service.Do(&RulesApi::GetPolicy, "ana", old).source().files().at("rules.yaml"),
            first.source().files().at("rules.yaml"));
  old.set_source_hash("0000");
  v1::GetPolicyResponse none;
  EXPECT_EQ(ErrorReasonOf(service.Call(&RulesApi::GetPolicy, "ana", old, &none)),
            "POLICY_NOT_FOUND");
}

TEST(PolicyPublishTest, AMistakeKeepsTheOldPolicy) {
  Service service;
  const v1::GetPolicyResponse before = LivePolicyOf(service);
  const auto typo = Edit(before.source(), "rules.yaml", "deps.storage", "deps.storrage");
  const absl::Status status = TryPublish(service, PublishOf(service, typo));
  EXPECT_EQ(ErrorReasonOf(status), "POLICY_INVALID");
  ASSERT_FALSE(FieldViolationsOf(status).empty());
  EXPECT_EQ(FieldViolationsOf(status)[0].field.substr(0, 11), "rules.yaml:");
  EXPECT_EQ(LiveHash(service), before.version().source_hash());
}

TEST(PolicyPublishTest, AFailingTestKeepsTheOldPolicy) {
  Service service;
  const v1::GetPolicyResponse before = LivePolicyOf(service);
  const auto untested =
      Edit(before.source(), "catalog.yaml", "standard-m: {status: standard, max_monthly_usd: 600,",
           "standard-m: {status: allowed,");
  const absl::Status status = TryPublish(service, PublishOf(service, untested));
  EXPECT_EQ(ErrorReasonOf(status), "POLICY_INVALID");
  EXPECT_EQ(LiveHash(service), before.version().source_hash());
}

TEST(PolicyPublishTest, AChangeThatNoTestWouldNoticeKeepsTheOldPolicy) {
  Service service;
  const v1::GetPolicyResponse before = LivePolicyOf(service);
  const v1::PolicySource source =
      Edit(before.source(), "rules.yaml", "        - deps.all: {size: {gt: 0}}",
           "        - deps.all: {size: {lt: 5}}\n        - deps.all: {size: {gt: 0}}");
  const absl::Status status = TryPublish(service, PublishOf(service, source));
  EXPECT_EQ(ErrorReasonOf(status), "POLICY_INVALID");
  ASSERT_FALSE(FieldViolationsOf(status).empty());
  EXPECT_EQ(FieldViolationsOf(status)[0].field, "auto/standard-tiers") << status.message();
}

TEST(PolicyPublishTest, ACommitThatFailsKeepsTheOldPolicy) {
  Service service;
  const v1::GetPolicyResponse before = LivePolicyOf(service);
  const auto request = PublishOf(service, Tightened(before.source()));
  service.environment().committer.Stop();
  EXPECT_EQ(ErrorReasonOf(TryPublish(service, request)), "SHUTTING_DOWN");
  EXPECT_EQ(service.environment().policy.live().source_hash, before.version().source_hash());
}

TEST(PolicyPublishTest, OnlyAnAdminPublishes) {
  Service service;
  const auto request = PublishOf(service, Reworded(LivePolicyOf(service).source()));
  for (const char* other : {"fay", "ci"}) {
    EXPECT_EQ(ErrorReasonOf(TryPublish(service, request, other)), "ROLE_MISSING") << other;
  }
}

TEST(PolicyPublishTest, ValidateOnlyChangesNothing) {
  Service service;
  const v1::GetPolicyResponse before = LivePolicyOf(service);
  auto request = PublishOf(service, Tightened(before.source()));
  request.set_validate_only(true);
  const auto answer = service.Do(&RulesApi::PublishRuleSet, "gus", request);
  EXPECT_NE(answer.version().source_hash(), before.version().source_hash());
  EXPECT_EQ(LiveHash(service), before.version().source_hash());
}

TEST(PolicyPublishTest, ARepeatedRequestGetsTheFirstAnswer) {
  Service service;
  auto request = PublishOf(service, Reworded(LivePolicyOf(service).source()));
  request.set_request_id("11111111-1111-4111-8111-111111111111");
  const auto first = service.Do(&RulesApi::PublishRuleSet, "gus", request);
  const auto again = service.Do(&RulesApi::PublishRuleSet, "gus", request);
  EXPECT_EQ(first.SerializeAsString(), again.SerializeAsString());
}

TEST(PolicyPublishTest, OfTwoWhoPublishAtOnceOneWins) {
  Service service;
  const v1::GetPolicyResponse before = LivePolicyOf(service);
  std::vector<v1::PublishRuleSetRequest> requests;
  for (const char* how : {"twice", "thrice", "often"}) {
    requests.push_back(PublishOf(service, Reworded(before.source(), how)));
  }
  std::atomic<int> published = 0;
  std::atomic<int> refused = 0;
  std::vector<std::thread> threads;
  for (const auto& request : requests) {
    threads.emplace_back([&service, &request, &published, &refused] {
      const absl::Status status = TryPublish(service, request);
      if (status.ok()) ++published;
      if (ErrorReasonOf(status) == "PARENT_MISMATCH") ++refused;
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(published, 1);
  EXPECT_EQ(refused, 2);
  v1::ListPolicyVersionsRequest list;
  const auto versions = service.Do(&RulesApi::ListPolicyVersions, "ana", list);
  ASSERT_EQ(versions.versions_size(), 2);
  EXPECT_EQ(versions.versions(0).source_hash(), LiveHash(service));
}

TEST(PolicyPublishTest, SpecsSubmittedMeanwhileAreJudgedByOneOfTheTwo) {
  Service service;
  const v1::GetPolicyResponse before = LivePolicyOf(service);
  std::vector<std::string> keys;
  std::thread author([&] {
    for (int i = 0; i < 20; ++i) {
      keys.push_back(service.Submit("ana", fmt::format("{}.md", i),
                                    Document("On lambda", "lambda/standard", "ana")));
    }
  });
  const auto answer = Publish(service, Tightened(before.source()));
  author.join();
  for (const std::string& key : keys) {
    const v1::Spec spec = service.Get(key);
    const bool newer = spec.create_seq() > answer.seq();
    const std::string& pin = spec.verdict().pins().catalog();
    const bool older = spec.update_seq() < answer.seq();
    EXPECT_TRUE(!newer || pin == answer.version().pins(1)) << key;
    EXPECT_TRUE(!older || pin == before.pins(1)) << key;
  }
}

TEST(PolicyPublishTest, AnEarlierVersionComesBack) {
  Service service;
  const v1::GetPolicyResponse before = LivePolicyOf(service);
  Publish(service, Reworded(before.source()));
  v1::PublishRuleSetRequest back;
  back.set_source_hash(before.version().source_hash());
  back.set_expected_parent(LiveHash(service));
  const auto answer = service.Do(&RulesApi::PublishRuleSet, "gus", back);
  EXPECT_TRUE(answer.version().rollback());
  EXPECT_EQ(LiveHash(service), before.version().source_hash());

  back.set_source_hash("feed");
  back.set_expected_parent(LiveHash(service));
  EXPECT_EQ(ErrorReasonOf(TryPublish(service, back)), "POLICY_NOT_FOUND");
}

TEST(PolicyPublishTest, ARestartKeepsTheVersionInForce) {
  Service service;
  const auto answer = Publish(service, Tightened(LivePolicyOf(service).source()));
  service.environment().committer.Stop();

  SettableClock clock(service.now());
  Committer committer(service.environment().store, clock, {});
  PolicyHolder policy;
  Environment again{.store = service.environment().store,
                    .committer = committer,
                    .clock = clock,
                    .policy = policy,
                    .dev_clock = &clock,
                    .version = "test"};
  ASSERT_TRUE(Bootstrap(again, "/no/such/folder").ok());
  EXPECT_EQ(policy.live().source_hash, answer.version().source_hash());
}

TEST(PolicyPublishTest, ADatabaseFromBeforeVersionsOpens) {
  Service service;
  const v1::PolicySource source = LivePolicyOf(service).source();
  store::MemoryStore store("00000000-0000-4000-8000-000000000002");
  SettableClock clock(service.now());
  Committer committer(store, clock, {});
  const std::string hash = SourceHash(source);
  const auto written = committer.Execute(
      {.principal = "system", .method = "PublishPolicy", .request_id = "", .fingerprint = ""},
      [&](Transaction& transaction) -> absl::StatusOr<std::string> {
        v1::Event event;
        event.set_subject("policy");
        event.set_actor("system");
        event.mutable_policy_published()->set_source_hash(hash);
        *event.mutable_policy_published()->mutable_published() =
            service.environment().policy.live().rules->published();
        transaction.PutBody(hash, CanonicalBytes(source));
        GAVEL_RETURN_IF_ERROR(transaction.Append(std::move(event)));
        return std::string();
      });
  ASSERT_TRUE(written.ok()) << written.status();

  PolicyHolder policy;
  Environment old{.store = store,
                  .committer = committer,
                  .clock = clock,
                  .policy = policy,
                  .dev_clock = &clock,
                  .version = "test"};
  ASSERT_TRUE(Bootstrap(old, "/no/such/folder").ok());
  RulesApi api(old);
  v1::ListPolicyVersionsResponse versions;
  ASSERT_TRUE(
      api.ListPolicyVersions({.principal = "ana"}, v1::ListPolicyVersionsRequest(), &versions)
          .ok());
  ASSERT_EQ(versions.versions_size(), 1);
  EXPECT_EQ(versions.versions(0).source_hash(), hash);
  EXPECT_EQ(versions.versions(0).publisher(), "system");
  EXPECT_TRUE(versions.versions(0).first());
}

TEST(PolicyPublishTest, TheFirstPolicyIsAnalysedToo) {
  namespace fs = std::filesystem;
  const fs::path folder = fs::path(::testing::TempDir()) / "policy-that-never-approves";
  fs::remove_all(folder);
  fs::copy(GAVEL_SOURCE_DIR "/deploy/policy", folder, fs::copy_options::recursive);
  Service service;
  const auto never =
      Edit(LivePolicyOf(service).source(), "rules.yaml", "        - deps.all: {size: {gt: 0}}",
           "        - deps.all: {size: {lt: 1}}\n        - deps.all: {size: {gt: 0}}");
  std::ofstream(folder / "rules.yaml") << never.files().at("rules.yaml");

  store::MemoryStore store("00000000-0000-4000-8000-000000000003");
  SettableClock clock(service.now());
  Committer committer(store, clock, {});
  PolicyHolder policy;
  Environment empty{.store = store,
                    .committer = committer,
                    .clock = clock,
                    .policy = policy,
                    .dev_clock = &clock,
                    .version = "test"};
  const absl::Status status = Bootstrap(empty, folder.string());
  EXPECT_EQ(ErrorReasonOf(status), "POLICY_INVALID");
  ASSERT_FALSE(FieldViolationsOf(status).empty());
  EXPECT_EQ(FieldViolationsOf(status)[0].reason, "R010") << status.message();
  fs::remove_all(folder);
}

TEST(PolicyPublishTest, OpenSpecsAreToldAndMovedByAFacilitatorOnly) {
  Service service;
  const std::string key = service.Submit(
      "ana", "a.md", Document("A dedicated database", "postgres/dedicated-xl", "ana"));
  ASSERT_EQ(StateName(service.Get(key).state()), "ASYNC_REVIEW");
  const auto answer = Publish(service, Stricter(LivePolicyOf(service).source()));
  ASSERT_EQ(answer.open_specs_size(), 1);
  EXPECT_EQ(answer.open_specs(0).spec(), key);
  EXPECT_TRUE(answer.open_specs(0).author_gate());
  EXPECT_EQ(StateName(service.Get(key).state()), "ASYNC_REVIEW") << "nothing is applied";

  v1::ReevaluateSpecRequest request;
  request.set_spec(key);
  const v1::Spec spec = service.Do(&SpecApi::ReevaluateSpec, "kim", request).spec();
  EXPECT_EQ(StateName(spec.state()), "CHANGES_REQUESTED");
  EXPECT_TRUE(spec.verdict().author_gate());
}

TEST(PolicyPublishTest, DraftsFollowByThemselves) {
  Service service;
  v1::CreateSpecRequest create;
  create.set_repository("github.com/acme/uploads");
  create.set_path("a.md");
  create.set_content(Document("On lambda", "lambda/standard", "ana"));
  const v1::Spec draft = service.Do(&SpecApi::CreateSpec, "ana", create).spec();
  EXPECT_EQ(draft.verdict().mode(), v1::REVIEW_MODE_AUTO);
  EXPECT_EQ(draft.decisions_size(), 0) << "a preview decides nothing";
  Publish(service, Tightened(LivePolicyOf(service).source()));
  v1::SubmitSpecRequest submit;
  submit.set_spec(draft.key());
  const v1::Spec spec = service.Do(&SpecApi::SubmitSpec, "ana", submit).spec();
  EXPECT_EQ(StateName(spec.state()), "ASYNC_REVIEW");
}

}  // namespace
}  // namespace gavel::app
