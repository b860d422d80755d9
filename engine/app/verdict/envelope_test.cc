// What an automatic approval covers, and what happens to what is built outside it.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/app/testing/policy_folder.h"
#include "engine/app/testing/service.h"
#include "engine/base/error.h"
#include "engine/domain/names.h"
#include "engine/domain/planning/civil_date.h"

namespace gavel::app {
namespace {

using testing::Document;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::Service;

constexpr char kRequestId[] = "6f9619ff-8b86-4d01-b42d-00cf4fc964ff";

std::string Approve(Service& service) {
  return service.Submit("ana", "specs/a.md",
                        Document("Resize on a queue", "postgres/standard-m", "ana"));
}

// A workload with a database of the given class; `medium` is standard-m.
v1::CheckEnvelopeRequest Check(const std::string& key, const std::string& db_class) {
  v1::CheckEnvelopeRequest request;
  request.set_spec(key);
  if (db_class.empty()) return request;
  v1::Evidence& evidence = *request.add_evidence();
  evidence.set_detector("score");
  evidence.set_name("score.yaml");
  evidence.set_content(
      "apiVersion: score.dev/v1b1\nmetadata:\n  name: uploads\nresources:\n"
      "  db:\n    type: postgres\n    class: " +
      db_class + "\n");
  return request;
}

TEST(EnvelopeTest, TheDecisionKeepsWhatItCovers) {
  Service service;
  const v1::Spec spec = service.Get(Approve(service));
  const v1::Envelope& envelope = spec.decisions(0).envelope();
  EXPECT_THAT(envelope.allowed(), ElementsAre("postgres/standard-m"));
  EXPECT_EQ(envelope.cost_ceiling_cents(), 60000);  // The catalog's price is above the declared.
  EXPECT_EQ(envelope.classification(), "internal");
  EXPECT_THAT(envelope.regions(), ElementsAre("us-east"));
  EXPECT_EQ(ToCivilDay(envelope.expires()), absl::CivilDay(2026, 11, 23) + 180);
  EXPECT_EQ(spec.verdict().envelope().SerializeAsString(), envelope.SerializeAsString());
}

TEST(EnvelopeTest, PeoplesDecisionsHaveNone) {
  Service service;
  const std::string key = service.Submit(
      "ana", "specs/b.md", Document("A dedicated database", "postgres/dedicated-xl", "ana"));
  EXPECT_FALSE(service.Get(key).verdict().has_envelope());
  v1::CheckEnvelopeResponse response;
  EXPECT_EQ(
      ErrorReasonOf(service.Call(&RulesApi::CheckEnvelope, "ci", Check(key, "medium"), &response)),
      "NO_ENVELOPE");
}

TEST(EnvelopeTest, WhatWasApprovedIsInside) {
  Service service;
  const std::string key = Approve(service);
  v1::CheckEnvelopeRequest request = Check(key, "medium");
  request.set_report(true);
  for (const char* caller : {"ci", "ana", "dee"}) {
    const auto response = service.Do(&RulesApi::CheckEnvelope, caller, request);
    EXPECT_TRUE(response.inside()) << response.DebugString();
    EXPECT_FALSE(response.reported());
    EXPECT_THAT(response.envelope().allowed(), ElementsAre("postgres/standard-m"));
  }
  EXPECT_EQ(service.Get(key).state(), v1::Spec::STATE_AUTO_APPROVED);
}

TEST(EnvelopeTest, AnotherTierIsOutsideAndOnlyAReportChallenges) {
  Service service;
  const std::string key = Approve(service);
  v1::CheckEnvelopeRequest request = Check(key, "small");
  const auto looked = service.Do(&RulesApi::CheckEnvelope, "ci", request);
  EXPECT_FALSE(looked.inside());
  ASSERT_FALSE(looked.breaches().empty());
  EXPECT_EQ(looked.breaches(0).field(), "allowed");
  EXPECT_EQ(service.Get(key).state(), v1::Spec::STATE_AUTO_APPROVED);

  request.set_report(true);
  request.set_request_id(kRequestId);
  const auto reported = service.Do(&RulesApi::CheckEnvelope, "ci", request);
  EXPECT_TRUE(reported.reported());
  const v1::Spec spec = service.Get(key);
  EXPECT_EQ(spec.state(), v1::Spec::STATE_ASYNC_REVIEW);
  EXPECT_EQ(spec.decisions(0).force(), v1::Decision::FORCE_STAYED);
  EXPECT_THAT(spec.decisions(0).stay_reason(), HasSubstr("postgres/standard-s"));
  EXPECT_THAT(spec.decisions(0).stay_reason(), HasSubstr("Reported by @ci."));
  EXPECT_TRUE(spec.engaged());
}

TEST(EnvelopeTest, AReportTwiceChallengesOnce) {
  Service service;
  const std::string key = Approve(service);
  v1::CheckEnvelopeRequest request = Check(key, "small");
  request.set_report(true);
  request.set_request_id(kRequestId);
  const auto first = service.Do(&RulesApi::CheckEnvelope, "ci", request);
  const auto again = service.Do(&RulesApi::CheckEnvelope, "ci", request);
  EXPECT_EQ(first.SerializeAsString(), again.SerializeAsString());
  const int64_t version = service.Get(key).version();
  // Another pipeline: the approval is stayed, and there is nothing left to challenge.
  request.clear_request_id();
  const auto another = service.Do(&RulesApi::CheckEnvelope, "ci", request);
  EXPECT_FALSE(another.inside());
  EXPECT_FALSE(another.reported());
  EXPECT_EQ(service.Get(key).version(), version);
}

TEST(EnvelopeTest, AnApprovalThatExpiredCoversNothing) {
  Service service;
  const std::string key = Approve(service);
  service.AdvanceTo(absl::CivilMinute(2027, 5, 22, 12, 0));
  EXPECT_TRUE(service.Do(&RulesApi::CheckEnvelope, "ci", Check(key, "medium")).inside());
  service.AdvanceTo(absl::CivilMinute(2027, 5, 23, 12, 0));
  v1::CheckEnvelopeRequest request = Check(key, "");
  request.set_report(true);
  const auto response = service.Do(&RulesApi::CheckEnvelope, "ci", request);
  ASSERT_EQ(response.breaches_size(), 1);
  EXPECT_EQ(response.breaches(0).field(), "expires");
  EXPECT_TRUE(response.reported());
  EXPECT_EQ(service.Get(key).state(), v1::Spec::STATE_ASYNC_REVIEW);
}

TEST(EnvelopeTest, ANewApprovalOfAnEditHasItsOwn) {
  Service service;
  const std::string key = Approve(service);
  v1::AddRevisionRequest revise;
  revise.set_spec(key);
  revise.set_etag(service.Get(key).etag());
  revise.set_content(Document("Resize on a queue", "postgres/standard-s", "ana"));
  service.Do(&SpecApi::AddRevision, "ana", revise);
  const v1::Spec spec = service.Get(key);
  ASSERT_EQ(spec.decisions_size(), 2);
  EXPECT_THAT(spec.decisions(0).envelope().allowed(), ElementsAre("postgres/standard-m"));
  EXPECT_THAT(spec.decisions(1).envelope().allowed(), ElementsAre("postgres/standard-s"));
  EXPECT_TRUE(service.Do(&RulesApi::CheckEnvelope, "ci", Check(key, "small")).inside());
  EXPECT_FALSE(service.Do(&RulesApi::CheckEnvelope, "ci", Check(key, "medium")).inside());
}

TEST(EnvelopeTest, StrangersAndUnknownSpecsAreRefused) {
  Service service;
  const std::string key = Approve(service);
  v1::CheckEnvelopeResponse response;
  EXPECT_EQ(ErrorReasonOf(
                service.Call(&RulesApi::CheckEnvelope, "mallory", Check(key, "small"), &response)),
            "SIGN_IN_REQUIRED");
  EXPECT_EQ(ErrorReasonOf(service.Call(&RulesApi::CheckEnvelope, "ci", Check("MEDIA-99", "small"),
                                       &response)),
            "SPEC_NOT_FOUND");
}

}  // namespace
}  // namespace gavel::app
