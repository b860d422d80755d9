// What can still happen to an automatic approval: people within the objection window, edits, and a
// policy that changes meanwhile.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/app/testing/policy_folder.h"
#include "engine/app/testing/service.h"
#include "engine/base/error.h"
#include "engine/domain/decision.h"
#include "engine/domain/names.h"
#include "rules/compile/policy_files.h"

namespace gavel::app {
namespace {

using ::testing::Contains;
using testing::Document;
using testing::PolicyFolder;
using testing::Service;

std::string Approve(Service& service) {
  return service.Submit("ana", "specs/a.md",
                        Document("Resize on a queue", "postgres/standard-m", "ana"));
}

std::string PullIn(Service& service, const std::string& person, const std::string& key) {
  v1::PullInRequest request;
  request.set_spec(key);
  request.set_reason("The queue needs a limit.");
  v1::PullInResponse response;
  return ErrorReasonOf(service.Call(&SpecApi::PullIn, person, request, &response));
}

v1::Spec Revise(Service& service, const std::string& key, const std::string& document) {
  v1::AddRevisionRequest revise;
  revise.set_spec(key);
  revise.set_etag(service.Get(key).etag());
  revise.set_content(document);
  return service.Do(&SpecApi::AddRevision, "ana", revise).spec();
}

std::vector<std::string> Fired(const v1::Spec& spec) {
  std::vector<std::string> ids;
  for (const v1::RuleResult& rule : spec.verdict().rules()) {
    if (rule.applied()) ids.push_back(rule.id());
  }
  return ids;
}

TEST(ObjectionTest, AReviewerPullsItInWithinTwoBusinessDays) {
  Service service;
  const std::string key = Approve(service);
  EXPECT_EQ(PullIn(service, "ana", key), "OWN_SPEC");
  EXPECT_EQ(PullIn(service, "bo", key), "ROLE_MISSING");
  EXPECT_EQ(PullIn(service, "ci", key), "ROLE_MISSING");
  EXPECT_EQ(PullIn(service, "chen", key), "");
  const v1::Spec spec = service.Get(key);
  EXPECT_EQ(spec.state(), v1::Spec::STATE_ASYNC_REVIEW);
  EXPECT_EQ(spec.decisions(0).force(), v1::Decision::FORCE_STAYED);
  // From here on only people decide: an edit that a rule would approve stays with them.
  const v1::Spec edited =
      Revise(service, key, Document("Resize on a queue", "postgres/standard-s", "ana"));
  EXPECT_EQ(edited.verdict().mode(), v1::REVIEW_MODE_AUTO);
  EXPECT_EQ(edited.state(), v1::Spec::STATE_ASYNC_REVIEW);
}

TEST(ObjectionTest, AfterTheWindowOnlyAuditAndEnvelopeReachIt) {
  Service service;
  const std::string key = Approve(service);
  service.AdvanceTo(absl::CivilMinute(2026, 11, 25, 8, 59));
  EXPECT_FALSE(service.Get(key).decisions(0).final());
  service.AdvanceTo(absl::CivilMinute(2026, 11, 25, 9, 1));
  EXPECT_TRUE(service.Get(key).decisions(0).final());
  EXPECT_EQ(PullIn(service, "chen", key), "GUARD_FAILED");
  EXPECT_EQ(service.Get(key).state(), v1::Spec::STATE_AUTO_APPROVED);

  v1::RecordAuditRequest audit;
  audit.set_spec(key);
  audit.set_result(v1::AuditRecorded::RESULT_HARMFUL);
  audit.set_text("It loses uploads.");
  service.Do(&SpecApi::RecordAudit, "eli", audit);
  EXPECT_EQ(service.Get(key).state(), v1::Spec::STATE_ASYNC_REVIEW);
}

TEST(ObjectionTest, FourAutomaticDecisionsInAWeekAreTooMany) {
  Service service;
  const std::string key = Approve(service);
  const auto variant = [](int i) {
    return Document("Resize on a queue", i % 2 == 0 ? "postgres/standard-m" : "postgres/standard-s",
                    "ana");
  };
  EXPECT_EQ(Revise(service, key, variant(1)).decisions_size(), 2);
  EXPECT_EQ(Revise(service, key, variant(2)).decisions_size(), 3);
  const v1::Spec fourth = Revise(service, key, variant(3));
  EXPECT_EQ(fourth.state(), v1::Spec::STATE_ASYNC_REVIEW);
  EXPECT_THAT(Fired(fourth), Contains("builtin/too-many-auto"));

  // In another spec the week goes by in between.
  const std::string slow = service.Submit(
      "bo", "specs/b.md", Document("Another queue altogether", "postgres/standard-m", "bo"));
  service.AdvanceTo(service.now() + absl::Hours(24 * 8));
  EXPECT_EQ(service.Get(slow).state(), v1::Spec::STATE_AUTO_APPROVED);
}

TEST(ObjectionTest, WhatPeopleApprovedIsNotSupersededByARule) {
  const PolicyFolder policy({{"rules.yaml", "default: {mode: sync}", "default: {mode: async}"}});
  Service service(testing::Monday(), policy.path());
  const std::string by_people = service.Submit(
      "ana", "specs/a.md", Document("A dedicated database", "postgres/dedicated-xl", "ana"));
  const v1::Spec reviewed = service.Get(by_people);
  for (const v1::Assignment& each : reviewed.assignments()) {
    service.Take(each.person(), by_people, v1::Position::KIND_APPROVE);
  }
  ASSERT_EQ(service.Get(by_people).state(), v1::Spec::STATE_APPROVED);
  const std::string by_rule = service.Submit(
      "ana", "specs/b.md", Document("A standard database", "postgres/standard-m", "ana"));
  ASSERT_EQ(service.Get(by_rule).state(), v1::Spec::STATE_AUTO_APPROVED);

  const auto superseding = [&](const std::string& path, const std::string& old) {
    return service.Get(
        service.Submit("ana", path,
                       Document("It takes the place of " + old, "postgres/standard-m", "ana",
                                fmt::format("supersedes: [{}]\n", old))));
  };
  const v1::Spec refused = superseding("specs/c.md", by_people);
  EXPECT_EQ(refused.state(), v1::Spec::STATE_ASYNC_REVIEW);
  EXPECT_THAT(Fired(refused), Contains("builtin/supersedes-people"));
  EXPECT_EQ(superseding("specs/d.md", by_rule).state(), v1::Spec::STATE_AUTO_APPROVED);
}

testing::PolicyEdit WithLargeTier(std::string_view status) {
  const std::string medium = "standard-m: {status: standard, max_monthly_usd: 600, review_by: 12m}";
  return {"catalog.yaml", medium,
          fmt::format("{}\n      standard-l: {{status: {}, max_monthly_usd: 900, review_by: 12m}}",
                      medium, status)};
}

// Row 47 of the edge table, within the window and after it.
TEST(ObjectionTest, AnApprovalStandsWhenTheCatalogDemotesItsTier) {
  // A tier that the policy's own tests do not name, so that they pass either way.
  const PolicyFolder policy({WithLargeTier("standard")});
  Service service(testing::Monday(), policy.path());
  const std::string key = service.Submit(
      "ana", "specs/a.md", Document("Resize on a queue", "postgres/standard-l", "ana"));
  ASSERT_EQ(service.Get(key).state(), v1::Spec::STATE_AUTO_APPROVED);
  const PolicyFolder demoted({WithLargeTier("allowed")});
  v1::PublishRuleSetRequest publish;
  const auto source = rules::LoadPolicySource(demoted.path());
  ASSERT_TRUE(source.ok()) << source.status().ToString();
  *publish.mutable_source() = *source;
  publish.set_expected_parent(
      service.Do(&RulesApi::GetPolicy, "gus", v1::GetPolicyRequest()).version().source_hash());
  const auto published = service.Do(&RulesApi::PublishRuleSet, "gus", publish);
  EXPECT_EQ(published.diff().open_envelopes(), 1);

  service.AdvanceTo(absl::CivilMinute(2026, 11, 30, 9, 0));
  const v1::Spec spec = service.Get(key);
  EXPECT_EQ(spec.state(), v1::Spec::STATE_AUTO_APPROVED);
  EXPECT_TRUE(spec.decisions(0).final());
  EXPECT_TRUE(spec.decisions(0).has_envelope());
  // The next one is for people.
  EXPECT_EQ(service
                .Get(service.Submit("bo", "specs/b.md",
                                    Document("The same again", "postgres/standard-l", "bo")))
                .state(),
            v1::Spec::STATE_ASYNC_REVIEW);
}

}  // namespace
}  // namespace gavel::app
