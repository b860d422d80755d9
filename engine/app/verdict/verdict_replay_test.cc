// Verdicts that are kept with everything they rest on, and made again.

#include <gtest/gtest.h>

#include "engine/app/testing/policies.h"
#include "engine/app/verdict/verdict_nightly.h"
#include "engine/app/verdict/verdict_replay.h"
#include "engine/domain/names.h"

namespace gavel::app {
namespace {

using testing::Document;
using testing::LivePolicyOf;
using testing::Publish;
using testing::Reworded;
using testing::Service;
using testing::Stricter;
using testing::Tightened;

v1::ReplayVerdictResponse ReplayOf(Service& service, const std::string& key, int revision = 0) {
  v1::ReplayVerdictRequest request;
  request.set_spec(key);
  request.set_revision(revision);
  return service.Do(&RulesApi::ReplayVerdict, "ana", request);
}

v1::Verdict VerdictOf(Service& service, const std::string& key, int revision = 0) {
  v1::GetVerdictRequest request;
  request.set_spec(key);
  request.set_revision(revision);
  return service.Do(&RulesApi::GetVerdict, "ana", request).verdict();
}

void Revise(Service& service, const std::string& key, const std::string& document) {
  v1::AddRevisionRequest request;
  request.set_spec(key);
  request.set_content(document);
  request.set_etag(service.Get(key).etag());
  service.Do(&SpecApi::AddRevision, "ana", request);
}

TEST(VerdictReplayTest, AVerdictIsTheSameLongAfterItsPolicy) {
  Service service;
  const std::string key =
      service.Submit("ana", "a.md", Document("On lambda", "lambda/standard", "ana"));
  const v1::PolicySource source = LivePolicyOf(service).source();
  for (const auto& next : {Reworded(source), Stricter(source), Tightened(Stricter(source))}) {
    Publish(service, next);
  }
  service.AdvanceTo(service.now() + absl::Hours(24 * 60));
  const auto replay = ReplayOf(service, key);
  EXPECT_TRUE(replay.equal());
  EXPECT_EQ(replay.differences_size(), 0);
  EXPECT_EQ(replay.stored().mode(), v1::REVIEW_MODE_AUTO);
  EXPECT_EQ(replay.stored().SerializeAsString(), replay.replayed().SerializeAsString());
  EXPECT_NE(replay.stored().pins().catalog(), LivePolicyOf(service).pins(1));
}

TEST(VerdictReplayTest, WhatTheServerRemembersIsKeptWithTheVerdict) {
  Service service;
  const std::string first =
      service.Submit("ana", "a.md", Document("First", "postgres/standard-m", "ana"));
  // The second one counts what the first one costs; the first is then gone from the history.
  const std::string second =
      service.Submit("ana", "b.md", Document("Second", "s3/standard", "ana"));
  EXPECT_TRUE(ReplayOf(service, second).equal());
  service.AdvanceTo(service.now() + absl::Hours(24 * 200));
  EXPECT_TRUE(ReplayOf(service, first).equal());
  EXPECT_TRUE(ReplayOf(service, second).equal());
}

TEST(VerdictReplayTest, EveryRevisionHasItsVerdict) {
  Service service;
  const std::string key = service.Submit(
      "ana", "a.md", Document("A dedicated database", "postgres/dedicated-xl", "ana"));
  Revise(service, key, Document("A database", "postgres/standard-m", "ana"));
  const v1::Verdict one = VerdictOf(service, key, 1);
  const v1::Verdict two = VerdictOf(service, key, 2);
  EXPECT_EQ(one.mode(), v1::REVIEW_MODE_SYNC);
  EXPECT_EQ(two.mode(), v1::REVIEW_MODE_AUTO);
  EXPECT_EQ(VerdictOf(service, key).SerializeAsString(), two.SerializeAsString());
  EXPECT_TRUE(ReplayOf(service, key, 1).equal());
  EXPECT_TRUE(ReplayOf(service, key, 2).equal());

  v1::GetVerdictRequest request;
  request.set_spec(key);
  request.set_revision(3);
  v1::GetVerdictResponse none;
  EXPECT_EQ(ErrorReasonOf(service.Call(&RulesApi::GetVerdict, "ana", request, &none)),
            "REVISION_NOT_FOUND");
}

TEST(VerdictReplayTest, AnotherEngineHasToSayTheSame) {
  Service service;
  const std::string key =
      service.Submit("ana", "a.md", Document("On lambda", "lambda/standard", "ana"));
  const auto view = service.environment().store.Read();
  ASSERT_TRUE(view.ok());
  const Overlay nothing;
  const Transaction transaction(**view, nothing, (*view)->head().seq + 1, service.now());
  auto stored = FindVerdict(transaction, service.Get(key), 0);
  ASSERT_TRUE(stored.ok());

  v1::RulesEvaluated older = *stored;
  older.mutable_verdict()->mutable_pins()->set_engine("0.9.0");
  auto replay = Replay(service.environment().policy, transaction, older);
  ASSERT_TRUE(replay.ok()) << replay.status();
  EXPECT_TRUE(replay->equal());

  v1::RulesEvaluated other = *stored;
  other.mutable_verdict()->set_mode(v1::REVIEW_MODE_SYNC);
  replay = Replay(service.environment().policy, transaction, other);
  ASSERT_TRUE(replay.ok()) << replay.status();
  EXPECT_FALSE(replay->equal());
  ASSERT_EQ(replay->differences_size(), 1);
  EXPECT_NE(replay->differences(0).find("mode"), std::string::npos) << replay->differences(0);

  v1::RulesEvaluated without = *stored;
  without.clear_record_hash();
  EXPECT_EQ(ErrorReasonOf(Replay(service.environment().policy, transaction, without).status()),
            "GUARD_FAILED");
}

TEST(VerdictReplayTest, EveryNightAllOfThemAreMadeAgain) {
  Service service;
  service.Submit("ana", "a.md", Document("On lambda", "lambda/standard", "ana"));
  service.Submit("ana", "b.md", Document("A database", "postgres/dedicated-xl", "ana"));
  Publish(service, Tightened(LivePolicyOf(service).source()));
  service.Submit("ana", "c.md", Document("Again on lambda", "lambda/standard", "ana"));
  auto count = ReplayStored(service.environment());
  ASSERT_TRUE(count.ok()) << count.status();
  EXPECT_EQ(count->replayed, 6) << "each was judged when created and when submitted";
  EXPECT_EQ(count->different, 0);

  const auto due = TimerSource(service.environment()).NextDue();
  ASSERT_TRUE(due.ok() && due->has_value());
  const auto view = service.environment().store.Read();
  const auto timers = (*view)->TimersOf("policy");
  ASSERT_TRUE(timers.ok());
  ASSERT_EQ(timers->size(), 1u);
  EXPECT_EQ(absl::FromUnixMicros(timers->front().due_us),
            absl::FromCivil(absl::CivilHour(2026, 11, 24, 3), absl::UTCTimeZone()));

  service.AdvanceTo(service.now() + absl::Hours(24 * 2));
  EXPECT_EQ((*service.environment().store.Read())->TimersOf("policy")->size(), 1u) << "and again";
  service.environment().dev_clock->SetTime(service.now() + absl::Hours(24 * 400));
  count = ReplayStored(service.environment());
  ASSERT_TRUE(count.ok());
  EXPECT_EQ(count->replayed, 0) << "older than 400 days";
}

}  // namespace
}  // namespace gavel::app
