#include "engine/domain/turn.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/domain/names.h"
#include "engine/domain/planning/civil_date.h"
#include "engine/domain/testing/story.h"

namespace gavel {
namespace {

using enum CommandKind;
using namespace testing;  // NOLINT: the stories are written in its words.
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(TurnTest, EveryOpenSpecNamesSomebodyAndWhatToDo) {
  for (const auto state :
       {v1::Spec::STATE_DRAFT, v1::Spec::STATE_ASYNC_REVIEW, v1::Spec::STATE_CHANGES_REQUESTED,
        v1::Spec::STATE_QUEUED, v1::Spec::STATE_SCHEDULED, v1::Spec::STATE_IN_MEETING,
        v1::Spec::STATE_DEFERRED}) {
    Scene scene;
    scene.PlayTo(state);
    const v1::Turn turn = TurnOf(scene.situation());
    EXPECT_FALSE(turn.people().empty()) << StateName(state);
    EXPECT_FALSE(turn.action().empty()) << StateName(state);
  }
}

TEST(TurnTest, AClosedSpecWaitsForNobody) {
  for (const auto state :
       {v1::Spec::STATE_AUTO_APPROVED, v1::Spec::STATE_APPROVED, v1::Spec::STATE_REJECTED,
        v1::Spec::STATE_WITHDRAWN, v1::Spec::STATE_SUPERSEDED}) {
    Scene scene;
    scene.PlayTo(state);
    EXPECT_THAT(TurnOf(scene.situation()).people(), IsEmpty()) << StateName(state);
  }
}

TEST(TurnTest, UnderReviewItIsTheSilentsTurnAndThenTheRaisers) {
  Scene scene;
  scene.PlayTo(v1::Spec::STATE_ASYNC_REVIEW);
  scene.Block("chen");
  scene.Answer();
  scene.Position("fay");
  EXPECT_THAT(TurnOf(scene.situation()).people(), ElementsAre("kim"));
  EXPECT_EQ(TurnOf(scene.situation()).action(), "take a position on revision 1");
  scene.Position("kim");
  EXPECT_THAT(TurnOf(scene.situation()).people(), ElementsAre("chen"));
  EXPECT_EQ(FromProto(TurnOf(scene.situation()).due_time()),
            scene.deadlines().at("review.answer-aged"));
}

TEST(TurnTest, TheAuthorIsToldHowManyBlocksWait) {
  Scene scene;
  scene.PlayTo(v1::Spec::STATE_ASYNC_REVIEW);
  scene.Block("fay", "keys");
  scene.Block("kim", "disks");
  scene.Must("kim", kRequestChanges, "reason: 'x'");
  EXPECT_THAT(TurnOf(scene.situation()).people(), ElementsAre("ana"));
  EXPECT_THAT(TurnOf(scene.situation()).action(), HasSubstr("answer 2 blocking concerns"));
}

TEST(TurnTest, AnOpenConditionIsItsOwnersTurn) {
  Scene scene;
  InMeetingWithApprovals(scene);
  scene.Outcome("APPROVE_WITH_CONDITIONS",
                "conditions { text: 'a' owner: 'bo' due { year: 2027 month: 1 day: 4 } }");
  EXPECT_THAT(TurnOf(scene.situation()).people(), ElementsAre("bo"));
  scene.Must("bo", kMeetCondition, "condition: 'k1'");
  EXPECT_THAT(TurnOf(scene.situation()).people(), IsEmpty());
}

TEST(TurnTest, EveryStateHasItsSentence) {
  for (int i = 1; i < v1::Spec::State_ARRAYSIZE; ++i) {
    Scene scene;
    scene.PlayTo(static_cast<v1::Spec::State>(i));
    const std::string text = StateText(scene.situation());
    EXPECT_FALSE(text.empty()) << i;
    EXPECT_EQ(text.find("UNSPECIFIED"), std::string::npos) << text;
  }
}

TEST(TurnTest, ATimeNamesItsZone) {
  for (const auto state : {v1::Spec::STATE_ASYNC_REVIEW, v1::Spec::STATE_AUTO_APPROVED}) {
    Scene scene;
    scene.PlayTo(state);
    EXPECT_THAT(StateText(scene.situation()), HasSubstr(" (Europe/Berlin)."));
  }
}

TEST(TurnTest, ARulesApprovalIsNeverShownAsAPersons) {
  Scene scene;
  scene.PlayTo(v1::Spec::STATE_AUTO_APPROVED);
  EXPECT_THAT(StateText(scene.situation()),
              HasSubstr("Auto-approved by standard-storage; a reviewer can still pull it in"));
}

TEST(TurnTest, AGateLineNamesWhoCanStillApprove) {
  Scene scene;
  scene.PlayTo(v1::Spec::STATE_ASYNC_REVIEW);
  scene.Position("fay");
  EXPECT_THAT(GateLines(scene.spec),
              ElementsAre("area:media 1/2: can still come from @chen, @kim"));
}

TEST(TurnTest, ALatePositionIsBroughtToTheDelegateAndTheGatesOwner) {
  Scene scene;
  scene.PlayTo(v1::Spec::STATE_ASYNC_REVIEW);
  scene.Position("kim");
  // fay went on leave after she was asked: nobody reminds her there.
  v1::Absence& absence = *scene.absences["fay"].add_absences();
  *absence.mutable_from() = ToDate(absl::CivilDay(2026, 12, 1));
  *absence.mutable_to() = ToDate(absl::CivilDay(2026, 12, 24));
  absence.set_delegate("gus");
  ASSERT_TRUE(scene.Fire("review.escalate").ok());
  EXPECT_THAT(scene.events.back().reminder_sent().people(), ElementsAre("chen", "gus"));
}

TEST(TurnTest, TheFacilitatorsAreToldWhenTheWindowCloses) {
  Scene scene;
  scene.PlayTo(v1::Spec::STATE_ASYNC_REVIEW);
  EXPECT_THAT(ReminderOf(scene.situation(), "review.window").people(), ElementsAre("kim", "lee"));
}

}  // namespace
}  // namespace gavel
