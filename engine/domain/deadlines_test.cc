#include "engine/domain/deadlines.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/domain/planning/civil_date.h"
#include "engine/domain/testing/story.h"

namespace gavel {
namespace {

using enum CommandKind;
using namespace testing;  // NOLINT: the stories are written in its words.
using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> Kinds(const Scene& scene) {
  std::vector<std::string> kinds;
  for (const auto& [kind, due] : scene.deadlines()) kinds.push_back(kind);
  return kinds;
}

// 10:00 of a day in December; the scene's commands take a second each.
absl::Time December(int day, int seconds = 2) {
  return Morning(absl::CivilDay(2026, 12, day)) + absl::Seconds(seconds);
}

TEST(DeadlinesTest, AReviewRemindsAtHalfTimeAtTheDueTimeADayLaterAndEnds) {
  Scene scene;
  scene.PlayTo(v1::Spec::STATE_ASYNC_REVIEW);
  const Deadlines deadlines = scene.deadlines();
  EXPECT_THAT(Kinds(scene),
              ElementsAre("review.due", "review.escalate", "review.half", "review.window"));
  EXPECT_EQ(deadlines.at("review.half"), December(1, 2) + absl::Hours(12));
  EXPECT_EQ(deadlines.at("review.due"), December(3));
  EXPECT_EQ(deadlines.at("review.escalate"), December(4));
  EXPECT_EQ(deadlines.at("review.window"), December(7));
}

TEST(DeadlinesTest, AReminderGoesOutOnce) {
  Scene scene;
  scene.PlayTo(v1::Spec::STATE_ASYNC_REVIEW);
  ASSERT_TRUE(scene.Fire("review.half").ok());
  EXPECT_EQ(scene.deadlines().count("review.half"), 0u);
}

TEST(DeadlinesTest, NobodyIsRemindedOfACompleteReview) {
  Scene scene;
  scene.PlayTo(v1::Spec::STATE_ASYNC_REVIEW);
  scene.Block("chen");
  scene.Answer();
  scene.Position("fay");
  scene.Position("kim");
  EXPECT_THAT(Kinds(scene), ElementsAre("review.answer-aged", "review.window"));
  EXPECT_EQ(scene.deadlines().at("review.answer-aged"), December(2, 4));
}

TEST(DeadlinesTest, ALateServiceFiresWhatWasDueAndIsDone) {
  Scene scene;
  scene.PlayTo(v1::Spec::STATE_ASYNC_REVIEW);
  scene.now = December(20);
  for (const char* kind : {"review.half", "review.due", "review.escalate", "review.window"}) {
    ASSERT_TRUE(scene.Fire(kind).ok()) << kind;
    EXPECT_EQ(scene.deadlines().count(kind), 0u);
  }
  EXPECT_EQ(scene.state(), v1::Spec::STATE_QUEUED);
}

TEST(DeadlinesTest, TheAuthorIsRemindedTwiceAndThenWithdrawn) {
  Scene scene;
  scene.PlayTo(v1::Spec::STATE_CHANGES_REQUESTED);
  EXPECT_THAT(Kinds(scene), ElementsAre("author.remind.10", "author.remind.20", "author.withdraw"));
  ASSERT_TRUE(scene.Fire("author.remind.10").ok());
  ASSERT_TRUE(scene.Fire("author.remind.20").ok());
  EXPECT_THAT(Kinds(scene), ElementsAre("author.withdraw"));
  ASSERT_TRUE(scene.Fire("author.withdraw").ok());
  EXPECT_THAT(scene.deadlines(), IsEmpty());
  EXPECT_EQ(scene.spec.last_reason(), "no word from the author in 30 days");
}

TEST(DeadlinesTest, EachReturnToTheAuthorStartsTheirClockAnew) {
  Scene scene;
  scene.PlayTo(v1::Spec::STATE_CHANGES_REQUESTED);
  ASSERT_TRUE(scene.Fire("author.remind.10").ok());
  scene.verdict = VerdictOf(v1::REVIEW_MODE_ASYNC, true);
  scene.Must("ana", kResubmitSpec);
  EXPECT_EQ(scene.deadlines().at("author.remind.10"), scene.now + absl::Hours(240));
}

TEST(DeadlinesTest, WhatWaitsForTheRoomWaitsForNoClock) {
  for (const auto state : {v1::Spec::STATE_DRAFT, v1::Spec::STATE_QUEUED, v1::Spec::STATE_SCHEDULED,
                           v1::Spec::STATE_IN_MEETING}) {
    Scene scene;
    scene.PlayTo(state);
    EXPECT_THAT(scene.deadlines(), IsEmpty());
  }
}

TEST(DeadlinesTest, AClosedSpecHasNone) {
  for (const auto state : {v1::Spec::STATE_WITHDRAWN, v1::Spec::STATE_SUPERSEDED,
                           v1::Spec::STATE_REJECTED, v1::Spec::STATE_APPROVED}) {
    Scene scene;
    scene.PlayTo(state);
    EXPECT_THAT(scene.deadlines(), IsEmpty());
  }
}

TEST(DeadlinesTest, ADeferredSpecWakesAtTheOpeningOfItsDay) {
  Scene scene;
  scene.PlayTo(v1::Spec::STATE_DEFERRED);
  EXPECT_EQ(scene.deadlines().at("deferred.wake"),
            Morning(absl::CivilDay(2027, 2, 1)) - absl::Hours(1));
}

TEST(DeadlinesTest, AWakeNobodyCanReviewTellsItsPersonAndDoesNotFireForEver) {
  Scene scene;
  scene.PlayTo(v1::Spec::STATE_DEFERRED);
  v1::Org org = AcmeOrg();
  for (const char* person : {"chen", "fay", "kim", "gus"}) {
    *PersonIn(org, person).mutable_left() = ToDate(absl::CivilDay(2026, 12, 31));
  }
  scene.organisation = MakeOrganisation(org);
  ASSERT_TRUE(scene.Fire("deferred.wake").ok());
  EXPECT_EQ(scene.state(), v1::Spec::STATE_DEFERRED);
  EXPECT_THAT(scene.last, ElementsAre("ReminderSent"));
  EXPECT_THAT(scene.events.back().reminder_sent().people(), ElementsAre("ana"));
  EXPECT_THAT(scene.deadlines(), IsEmpty());
}

TEST(DeadlinesTest, ADecisionWaitsForItsFinalMomentAndItsConditions) {
  Scene scene;
  InMeetingWithApprovals(scene);
  scene.Outcome("APPROVE_WITH_CONDITIONS",
                "conditions { text: 'a' owner: 'bo' due { year: 2027 month: 1 day: 4 } }");
  EXPECT_THAT(Kinds(scene), ElementsAre("condition.due.k1", "decision.final"));
  EXPECT_EQ(scene.deadlines().at("condition.due.k1"),
            Morning(absl::CivilDay(2027, 1, 4)) - absl::Hours(1));
  ASSERT_TRUE(scene.Fire("decision.final").ok());
  ASSERT_TRUE(scene.Fire("condition.due.k1").ok());
  EXPECT_THAT(scene.deadlines(), IsEmpty());
}

TEST(DeadlinesTest, AnExtendedConditionIsRemindedOfAgain) {
  Scene scene;
  InMeetingWithApprovals(scene);
  scene.Outcome("APPROVE_WITH_CONDITIONS",
                "conditions { text: 'a' owner: 'bo' due { year: 2027 month: 1 day: 4 } }");
  ASSERT_TRUE(scene.Fire("condition.due.k1").ok());
  scene.Must("kim", kExtendCondition, "condition: 'k1' due { year: 2027 month: 2 day: 1 }");
  EXPECT_EQ(scene.deadlines().count("condition.due.k1"), 1u);
  scene.Must("bo", kMeetCondition, "condition: 'k1'");
  EXPECT_EQ(scene.deadlines().count("condition.due.k1"), 0u);
}

TEST(DeadlinesTest, AStayedDecisionHasNoClock) {
  Scene scene;
  scene.PlayTo(v1::Spec::STATE_AUTO_APPROVED);
  scene.Must("chen", kPullIn, "reason: 'x'");
  EXPECT_EQ(scene.deadlines().count("decision.final"), 0u);
}

TEST(DeadlinesTest, AHolidayAddedLaterMovesNoDeadlineThatWasAnnounced) {
  Scene scene;
  scene.PlayTo(v1::Spec::STATE_ASYNC_REVIEW);
  const absl::Time end = scene.deadlines().at("review.window");
  v1::Org org = AcmeOrg();
  *org.mutable_calendars(0)->add_holidays() = ToDate(absl::CivilDay(2026, 12, 3));
  scene.organisation = MakeOrganisation(org);
  EXPECT_EQ(scene.deadlines().at("review.window"), end);
}

TEST(DeadlinesTest, ADayThatDaylightSavingShortensOrLengthensIsADay) {
  v1::Org org = AcmeOrg();
  org.mutable_calendars(0)->add_days(6);
  org.mutable_calendars(0)->add_days(7);
  Scene scene(MakeOrganisation(org));
  scene.now = Morning(absl::CivilDay(2027, 3, 27));  // The hour from 2 to 3 on the 28th is missing.
  scene.PlayTo(v1::Spec::STATE_AUTO_APPROVED);
  EXPECT_EQ(scene.deadlines().at("decision.final"),
            Morning(absl::CivilDay(2027, 3, 29)) + absl::Seconds(2));
}

TEST(DeadlinesTest, EveryTimerHasItsCommand) {
  EXPECT_EQ(CommandOfTimer("review.window"), kCloseWindow);
  EXPECT_EQ(CommandOfTimer("review.answer-aged"), kAgeAnswer);
  EXPECT_EQ(CommandOfTimer("author.withdraw"), kWithdrawStale);
  EXPECT_EQ(CommandOfTimer("deferred.wake"), kWake);
  EXPECT_EQ(CommandOfTimer("decision.final"), kMakeFinal);
  for (const char* kind :
       {"review.half", "review.due", "review.escalate", "author.remind.10", "condition.due.k1"}) {
    EXPECT_EQ(CommandOfTimer(kind), kRemind) << kind;
  }
}

}  // namespace
}  // namespace gavel
