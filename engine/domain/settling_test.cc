#include "engine/domain/settling.h"

#include <gtest/gtest.h>

#include "engine/domain/names.h"
#include "engine/domain/planning/civil_date.h"
#include "engine/domain/testing/scene.h"
#include "fmt/format.h"

namespace gavel {
namespace {

using enum CommandKind;
using testing::AcmeOrg;
using testing::AreaIn;
using testing::MakeOrganisation;
using testing::Scene;
using testing::VerdictOf;

enum class Block { kNone, kUnanswered, kYoungAnswer, kOldAnswer };

// Everything that settling looks at.
struct Facts {
  bool complete;
  Block block;
  v1::ReviewMode mode;
  int discuss;  // Fresh "needs discussion".
  bool satisfied;
  bool on_quorum;  // The setting `decide_on_quorum`.
};

std::string Describe(const Facts& facts) {
  return fmt::format("complete {} block {} mode {} discuss {} satisfied {} on_quorum {}",
                     facts.complete, static_cast<int>(facts.block), static_cast<int>(facts.mode),
                     facts.discuss, facts.satisfied, facts.on_quorum);
}

void AddPosition(v1::Spec& spec, const std::string& person, v1::Position::Kind kind) {
  v1::Position& position = *spec.add_positions();
  position.set_person(person);
  position.set_revision(1);
  position.set_kind(kind);
}

v1::Spec SpecWith(const Facts& facts, absl::Time now) {
  v1::Spec spec;
  spec.set_key("MEDIA-1");
  spec.set_area("media");
  spec.add_authors("ana");
  spec.set_state(v1::Spec::STATE_ASYNC_REVIEW);
  spec.set_engaged(true);
  *spec.mutable_verdict() = VerdictOf(facts.mode);
  spec.add_revisions()->set_number(1);
  v1::Gate& gate = *spec.add_gates();
  gate.set_id("area:media");
  gate.add_people("fay");
  gate.set_quorum(1);
  gate.set_satisfied(facts.satisfied);
  if (facts.satisfied) AddPosition(spec, "fay", v1::Position::KIND_APPROVE);
  for (int i = 0; i < facts.discuss; ++i) {
    AddPosition(spec, fmt::format("reader{}", i), v1::Position::KIND_NEEDS_DISCUSSION);
  }
  if (!facts.complete) spec.add_assignments()->set_person("kim");
  if (facts.block != Block::kNone) {
    v1::Concern& concern = *spec.add_concerns();
    concern.set_title("keys");
    concern.set_status(v1::Concern::STATUS_OPEN);
    concern.set_severity(v1::Concern::SEVERITY_BLOCKING);
    if (facts.block == Block::kYoungAnswer) {
      *concern.mutable_answer_time() = ToProto(now - absl::Hours(1));
    }
    if (facts.block == Block::kOldAnswer) {
      *concern.mutable_answer_time() = ToProto(now - absl::Hours(24 * 7));
    }
  }
  return spec;
}

// The table of "Settling", read from the page from top to bottom.
std::string Expected(const Facts& facts) {
  const bool d = facts.block == Block::kNone && facts.mode != v1::REVIEW_MODE_SYNC &&
                 facts.discuss < 2 && facts.satisfied;
  if (!facts.complete) return facts.on_quorum && d ? "D" : "wait";
  switch (facts.block) {
    case Block::kUnanswered:
      return "A";
    case Block::kYoungAnswer:
      return "wait";
    case Block::kOldAnswer:
      return "B BLOCK_OPEN";
    case Block::kNone:
      break;
  }
  if (facts.mode == v1::REVIEW_MODE_SYNC) return "C VERDICT";
  if (facts.discuss >= 2) return "C NEEDS_DISCUSSION";
  if (!facts.satisfied) return "C NO_QUORUM";
  return "D";
}

std::string Actual(const Settling& settling) {
  switch (settling.which) {
    case SettlingCase::kWait:
      return "wait";
    case SettlingCase::kChangesRequested:
      return "A";
    case SettlingCase::kApproved:
      return "D";
    case SettlingCase::kQueued:
      break;
  }
  const bool b = settling.reason == v1::Queue::REASON_BLOCK_OPEN;
  return fmt::format("{} {}", b ? "B" : "C", ReasonName(settling.reason));
}

std::vector<Facts> EveryCombination() {
  std::vector<Facts> all;
  for (const bool complete : {false, true}) {
    for (const Block block :
         {Block::kNone, Block::kUnanswered, Block::kYoungAnswer, Block::kOldAnswer}) {
      for (const v1::ReviewMode mode :
           {v1::REVIEW_MODE_AUTO, v1::REVIEW_MODE_ASYNC, v1::REVIEW_MODE_SYNC}) {
        for (const int discuss : {0, 1, 2}) {
          for (const bool satisfied : {false, true}) {
            for (const bool on_quorum : {false, true}) {
              all.push_back({complete, block, mode, discuss, satisfied, on_quorum});
            }
          }
        }
      }
    }
  }
  return all;
}

TEST(SettlingTest, TheTruthTableHoldsForEveryCombinationOfFacts) {
  v1::Org on_quorum = AcmeOrg();
  AreaIn(on_quorum, "media").mutable_settings()->set_decide_on_quorum(true);
  Scene with = Scene(MakeOrganisation(on_quorum));
  Scene without;
  for (const Facts& facts : EveryCombination()) {
    Scene& scene = facts.on_quorum ? with : without;
    scene.spec = SpecWith(facts, scene.now);
    EXPECT_EQ(Actual(Settle(scene.situation())), Expected(facts)) << Describe(facts);
  }
}

TEST(SettlingTest, EveryCaseButWaitingSaysWhy) {
  Scene scene;
  for (const Facts& facts : EveryCombination()) {
    scene.spec = SpecWith(facts, scene.now);
    const Settling settling = Settle(scene.situation());
    EXPECT_EQ(settling.text.empty(), settling.which == SettlingCase::kWait) << Describe(facts);
  }
}

TEST(SettlingTest, TheStricterOfVerdictAndWishCounts) {
  v1::Spec spec;
  *spec.mutable_verdict() = VerdictOf(v1::REVIEW_MODE_AUTO);
  EXPECT_EQ(EffectiveMode(spec), v1::REVIEW_MODE_AUTO);
  spec.set_wants(v1::REVIEW_MODE_SYNC);
  EXPECT_EQ(EffectiveMode(spec), v1::REVIEW_MODE_SYNC);
  *spec.mutable_verdict() = VerdictOf(v1::REVIEW_MODE_SYNC);
  spec.set_wants(v1::REVIEW_MODE_ASYNC);
  EXPECT_EQ(EffectiveMode(spec), v1::REVIEW_MODE_SYNC);
}

TEST(SettlingTest, AnAutoVerdictOfAnEngagedOrOverriddenSpecCountsAsAsync) {
  v1::Spec spec;
  *spec.mutable_verdict() = VerdictOf(v1::REVIEW_MODE_AUTO);
  spec.set_engaged(true);
  EXPECT_EQ(EffectiveMode(spec), v1::REVIEW_MODE_ASYNC);
  spec.set_engaged(false);
  spec.add_overrides()->set_rule("new-storage");
  EXPECT_EQ(EffectiveMode(spec), v1::REVIEW_MODE_ASYNC);
}

TEST(SettlingTest, WhatReviewersSaidWhileItHadASlotSettlesItOnceTheSlotIsGone) {
  Scene scene;
  scene.PlayTo(v1::Spec::STATE_ASYNC_REVIEW);
  scene.Position("fay");
  scene.Position("kim", "NO_OBJECTION");
  ASSERT_EQ(scene.spec.queue().reason(), v1::Queue::REASON_NO_QUORUM);
  scene.Schedule();
  scene.Position("chen");
  ASSERT_EQ(scene.state(), v1::Spec::STATE_SCHEDULED);
  scene.Must("system", kReleaseSlot);
  EXPECT_EQ(scene.state(), v1::Spec::STATE_APPROVED);
}

TEST(SettlingTest, AConcernRaisedAndClearedBetweenTwoChecksLeavesNoTrace) {
  Scene scene;
  scene.PlayTo(v1::Spec::STATE_ASYNC_REVIEW);
  scene.Position("fay");
  scene.Block("kim");
  scene.Must("kim", kResolveConcern, "concern: 'keys'");
  scene.Position("kim");
  EXPECT_EQ(scene.state(), v1::Spec::STATE_APPROVED);
}

TEST(SettlingTest, ABlockRaisedAfterEveryoneHasSpokenGoesToTheAuthorAtOnce) {
  Scene scene;
  scene.Create();
  scene.Submit();
  scene.Position("fay");
  scene.Block("chen");
  scene.Position("kim");
  EXPECT_EQ(scene.state(), v1::Spec::STATE_CHANGES_REQUESTED);
}

TEST(SettlingTest, AQuestionRaisedToABlockWantsAnAnswerOfItsOwn) {
  Scene scene;
  scene.PlayTo(v1::Spec::STATE_ASYNC_REVIEW);
  scene.Must("fay", kRaiseConcern, "title: 'keys' text: 'Where?' severity: SEVERITY_QUESTION");
  scene.Answer();
  scene.now += absl::Hours(24 * 3);
  scene.Must("fay", kChangeConcernSeverity,
             "concern: 'keys' severity: SEVERITY_BLOCKING criteria: 'Not there.'");
  scene.Position("fay", "ABSTAIN");
  scene.Position("kim");
  EXPECT_EQ(scene.state(), v1::Spec::STATE_CHANGES_REQUESTED);
}

TEST(SettlingTest, EngagementBeginsWithAPositionABlockOrAnOutcomeAndNotWithAQuestion) {
  Scene scene;
  scene.PlayTo(v1::Spec::STATE_DRAFT);
  scene.Must("ana", kInviteReader, "person: 'dee'");
  scene.Must("dee", kRaiseConcern, "title: 'a' text: 'b' severity: SEVERITY_QUESTION");
  EXPECT_FALSE(scene.spec.engaged());
  scene.Block("fay");
  EXPECT_TRUE(scene.spec.engaged());
}

TEST(SettlingTest, AVerdictThatTurnsAutoWhileABlockIsOpenApprovesNothing) {
  Scene scene;
  scene.PlayTo(v1::Spec::STATE_ASYNC_REVIEW);
  scene.Block("fay");
  scene.verdict = VerdictOf(v1::REVIEW_MODE_AUTO);
  ASSERT_TRUE(scene.Revise("bytes-2").ok());
  EXPECT_EQ(scene.state(), v1::Spec::STATE_ASYNC_REVIEW);
}

TEST(SettlingTest, AVerdictThatTurnsAutoBeforeAnybodyAnsweredApproves) {
  Scene scene;
  scene.PlayTo(v1::Spec::STATE_ASYNC_REVIEW);
  scene.verdict = VerdictOf(v1::REVIEW_MODE_AUTO);
  ASSERT_TRUE(scene.Revise("bytes-2").ok());
  EXPECT_EQ(scene.state(), v1::Spec::STATE_AUTO_APPROVED);
}

}  // namespace
}  // namespace gavel
