// Evidence on its road: with the revision, into the verdict, and back at every re-evaluation.
#include "engine/app/verdict/evidence.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/app/testing/service.h"
#include "engine/base/error.h"
#include "engine/domain/names.h"
#include "fmt/format.h"

namespace gavel::app {
namespace {

using testing::Document;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::Service;

const std::string& Text() {
  static const auto* const kText =
      new std::string(Document("Resize on a queue", "postgres/standard-m", "ana"));
  return *kText;
}

// A plan with one database of this instance class, and whatever resource comes after it.
v1::Evidence Plan(std::string_view instance_class, std::string_view more = "") {
  v1::Evidence evidence;
  evidence.set_detector("terraform");
  evidence.set_name("plan.json");
  evidence.set_content(fmt::format(
      R"({{"format_version": "1.2", "resource_changes": [{{"address": "aws_db_instance.main",
          "mode": "managed", "type": "aws_db_instance", "change": {{"actions": ["create"],
          "after": {{"engine": "postgres", "instance_class": "{}"}}}}}}{}]}})",
      instance_class, more));
  return evidence;
}

v1::Evidence Matching() { return Plan("db.m7g.large"); }
v1::Evidence WithQueue() {
  return Plan("db.m7g.large",
              R"(, {"address": "aws_sqs_queue.q", "mode": "managed", "type": "aws_sqs_queue",
                   "change": {"actions": ["create"], "after": {}}})");
}

v1::CreateSpecRequest Creation(const Evidence& evidence) {
  v1::CreateSpecRequest create;
  create.set_repository("github.com/acme/uploads");
  create.set_path("specs/a.md");
  create.set_content(Text());
  for (const v1::Evidence& file : evidence) *create.add_evidence() = file;
  return create;
}

std::string Submit(Service& service, const Evidence& evidence) {
  const std::string key = service.Do(&SpecApi::CreateSpec, "ana", Creation(evidence)).spec().key();
  v1::SubmitSpecRequest submit;
  submit.set_spec(key);
  service.Do(&SpecApi::SubmitSpec, "ana", submit);
  return key;
}

v1::AddRevisionResponse Revise(Service& service, const std::string& key, const std::string& text,
                               const Evidence& evidence) {
  v1::AddRevisionRequest request;
  request.set_spec(key);
  request.set_content(text);
  request.set_etag(service.Get(key).etag());
  for (const v1::Evidence& file : evidence) *request.add_evidence() = file;
  return service.Do(&SpecApi::AddRevision, "ana", request);
}

std::string State(const v1::Spec& spec) { return StateName(spec.state()); }

TEST(EvidenceTest, APlanThatMatchesIsKeptWithTheRevisionAndDoesNotStandInTheWay) {
  Service service;
  const v1::Spec spec = service.Get(Submit(service, {Matching()}));
  EXPECT_EQ(State(spec), "AUTO_APPROVED") << spec.verdict().summary();
  ASSERT_EQ(spec.revisions(0).evidence_size(), 1);
  EXPECT_EQ(spec.revisions(0).evidence(0).detector(), "terraform");
  EXPECT_EQ(spec.revisions(0).evidence(0).name(), "plan.json");
  EXPECT_EQ(spec.revisions(0).evidence(0).content_hash().size(), 64u);
}

TEST(EvidenceTest, SubmittingReadsItAgainAndAnUndeclaredResourceGoesToPeople) {
  Service service;
  const v1::Spec spec = service.Get(Submit(service, {WithQueue()}));
  EXPECT_EQ(State(spec), "ASYNC_REVIEW");
  EXPECT_THAT(spec.verdict().summary(), HasSubstr("aws_sqs_queue"));
}

TEST(EvidenceTest, EvaluatingAStoredRevisionUsesItsEvidenceUnlessOtherIsGiven) {
  Service service;
  v1::EvaluateRequest request;
  request.set_spec(Submit(service, {WithQueue()}));
  EXPECT_THAT(service.Do(&RulesApi::Evaluate, "ana", request).facts().undeclared().values(),
              ElementsAre("aws_sqs_queue"));
  *request.add_evidence() = Matching();
  const v1::EvaluateResponse other = service.Do(&RulesApi::Evaluate, "ana", request);
  EXPECT_EQ(other.facts().undeclared().values_size(), 0);
  EXPECT_EQ(other.facts().coverage().value(), "partial");
}

TEST(EvidenceTest, TheSameBytesWithOtherEvidenceAreANewRevision) {
  Service service;
  const std::string key = Submit(service, {Matching()});
  EXPECT_TRUE(Revise(service, key, Text(), {}).unchanged());
  EXPECT_TRUE(Revise(service, key, Text(), {Matching()}).unchanged());
  v1::Evidence renamed = Matching();
  renamed.set_name("again.json");
  EXPECT_TRUE(Revise(service, key, Text(), {renamed}).unchanged());

  const v1::AddRevisionResponse response = Revise(service, key, Text(), {WithQueue()});
  EXPECT_FALSE(response.unchanged());
  EXPECT_EQ(response.spec().revisions_size(), 2);
  EXPECT_EQ(response.spec().revisions(1).kind(), v1::Revision::KIND_MAJOR);
  EXPECT_EQ(State(response.spec()), "ASYNC_REVIEW") << "what was approved is not what is built";
}

TEST(EvidenceTest, GoingBackToTheDecidedBytesLiftsAStayOnlyWithoutOtherEvidence) {
  for (const bool other : {false, true}) {
    Service service;
    const std::string key = Submit(service, {Matching()});
    const std::string edited = Document("Resize on a queue", "postgres/dedicated-xl", "ana");
    EXPECT_EQ(State(Revise(service, key, edited, {}).spec()), "ASYNC_REVIEW");
    const Evidence evidence = other ? Evidence{WithQueue()} : Evidence{};
    EXPECT_EQ(State(Revise(service, key, Text(), evidence).spec()),
              other ? "ASYNC_REVIEW" : "AUTO_APPROVED");
  }
}

TEST(EvidenceTest, ARequestIdAnswersForItsEvidenceToo) {
  Service service;
  v1::CreateSpecRequest create = Creation({Matching()});
  create.set_request_id("6f1f1a52-3f57-4f7c-9c3f-0a9b8c7d6e5f");
  const std::string key = service.Do(&SpecApi::CreateSpec, "ana", create).spec().key();
  EXPECT_EQ(service.Do(&SpecApi::CreateSpec, "ana", create).spec().key(), key);
  *create.mutable_evidence(0) = WithQueue();
  v1::CreateSpecResponse response;
  const absl::Status reused = service.Call(&SpecApi::CreateSpec, "ana", create, &response);
  EXPECT_EQ(ErrorReasonOf(reused), "REQUEST_ID_REUSED") << reused;
}

TEST(EvidenceTest, WhatIsOverALimitIsRefusedWithItsField) {
  const auto refused = [](const Evidence& evidence) {
    Service service;
    v1::CreateSpecResponse response;
    const absl::Status status =
        service.Call(&SpecApi::CreateSpec, "ana", Creation(evidence), &response);
    EXPECT_EQ(ErrorReasonOf(status), "FIELD_INVALID") << status;
    const auto violations = FieldViolationsOf(status);
    return violations.empty() ? std::string() : violations.front().field;
  };
  EXPECT_EQ(refused(Evidence(9, Matching())), "evidence");
  v1::Evidence large = Matching();
  large.set_content(std::string(3 * 1024 * 1024, ' '));
  EXPECT_EQ(refused({large, Matching()}), "evidence");
  v1::Evidence unknown = Matching();
  unknown.set_detector("helm");
  EXPECT_EQ(refused({Matching(), unknown}), "evidence[1].detector");
  v1::Evidence empty = Matching();
  empty.clear_content();
  EXPECT_EQ(refused({empty}), "evidence[0].content");
}

TEST(EvidenceTest, AFileThatCannotBeReadIsStoredAndSaid) {
  Service service;
  v1::Evidence broken = Matching();
  broken.set_content("{");
  const v1::Spec spec = service.Get(Submit(service, {broken}));
  EXPECT_EQ(State(spec), "ASYNC_REVIEW");
  EXPECT_THAT(spec.verdict().summary(), HasSubstr("could not tell: detect.undeclared"));
}

}  // namespace
}  // namespace gavel::app
