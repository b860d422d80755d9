// "Decisions: in force, stayed, final": force, finality, undo, contest, supersession, conditions.

#include "engine/domain/decision.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/domain/apply.h"
#include "engine/domain/names.h"
#include "engine/domain/roles.h"
#include "engine/domain/testing/story.h"

namespace gavel {
namespace {

using enum CommandKind;
using namespace testing;  // NOLINT: the stories are written in its words.
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr auto kInForce = v1::Decision::FORCE_IN_FORCE;
constexpr auto kStayed = v1::Decision::FORCE_STAYED;
constexpr auto kReplaced = v1::Decision::FORCE_REPLACED;
constexpr auto kVoid = v1::Decision::FORCE_VOID;

const char kUndo[] = "meeting: '2026-12-10-media' reason: 'Wrong item.'";
const char kContest[] = "what_is_new: 'The vendor folded.'";

std::vector<v1::Decision::Force> Forces(const v1::Spec& spec) {
  std::vector<v1::Decision::Force> forces;
  for (const v1::Decision& decision : spec.decisions()) forces.push_back(decision.force());
  return forces;
}

void Contested(Scene& scene) {
  ApprovedByMeeting(scene);
  scene.Must("fay", kContestDecision, kContest);
}

// Discussed once more, in the same meeting.
void OpenAgain(Scene& scene) {
  scene.Schedule();
  scene.meeting.clear_attendance();
  scene.OpenItem();
}

TEST(DecisionTest, EachAuthorityIsFinalInItsOwnTime) {
  Scene rule;
  rule.PlayTo(v1::Spec::STATE_AUTO_APPROVED);
  EXPECT_EQ(FromProto(rule.decision().final_time()),
            Morning(absl::CivilDay(2026, 12, 2)) + absl::Seconds(2));
  Scene async;
  async.PlayTo(v1::Spec::STATE_APPROVED);
  EXPECT_TRUE(async.decision().final());
  Scene sponsor;
  sponsor.PlayTo(v1::Spec::STATE_REJECTED);
  EXPECT_TRUE(sponsor.decision().final());
  Scene meeting;
  ApprovedByMeeting(meeting);
  EXPECT_FALSE(meeting.decision().final());
  EXPECT_EQ(FromProto(meeting.decision().final_time()), meeting.now + absl::Hours(24));
}

TEST(DecisionTest, ASponsorsWordInTheRoomIsFinalOnceItCannotBeUndone) {
  Scene scene;
  InMeetingWithApprovals(scene);
  scene.Block("fay");
  scene.Must("chen", kRecordOutcome,
             "meeting: '2026-12-10-media' kind: KIND_APPROVE rationale: 'x' overrule: true");
  EXPECT_EQ(scene.decision().authority(), v1::Decision::AUTHORITY_SPONSOR);
  EXPECT_EQ(FromProto(scene.decision().final_time()), scene.now + kUndoWindow);
}

TEST(DecisionTest, ABlockOverruledBeforeTheOutcomeMakesItTheSponsorsAndKeepsTheDissent) {
  Scene scene;
  InMeetingWithApprovals(scene);
  scene.Block("fay");
  scene.Must("chen", kOverruleConcern, "concern: 'keys' reason: 'We accept it.'");
  scene.Outcome("APPROVE");
  EXPECT_EQ(scene.decision().authority(), v1::Decision::AUTHORITY_SPONSOR);
  ASSERT_EQ(scene.decision().dissent_size(), 1);
  EXPECT_EQ(scene.decision().dissent(0).person(), "fay");
  EXPECT_EQ(scene.decision().dissent(0).text(), "They leak.");
}

TEST(DecisionTest, AnAsyncApprovalKeepsTheDissentOfWhatWasOverruledInTheQueue) {
  Scene scene;
  scene.PlayTo(v1::Spec::STATE_ASYNC_REVIEW);
  scene.Block("chen");
  scene.Answer();
  scene.now += absl::Hours(24 * 3);
  scene.Position("fay");
  scene.Position("kim");
  ASSERT_EQ(scene.spec.queue().reason(), v1::Queue::REASON_BLOCK_OPEN);
  scene.Must("chen", kOverruleConcern, "concern: 'keys' reason: 'We accept it.'");
  ASSERT_EQ(scene.state(), v1::Spec::STATE_APPROVED);
  EXPECT_EQ(scene.decision().authority(), v1::Decision::AUTHORITY_ASYNC);
  EXPECT_EQ(scene.decision().dissent_size(), 1);
}

TEST(DecisionTest, APullInStaysTheDecisionAndTheNextOneReplacesIt) {
  Scene scene;
  scene.PlayTo(v1::Spec::STATE_AUTO_APPROVED);
  scene.Must("chen", kPullIn, "reason: 'x'");
  EXPECT_EQ(InForce(scene.spec), nullptr);
  ASSERT_NE(Stayed(scene.spec), nullptr);
  EXPECT_EQ(Stayed(scene.spec)->stay_reason(), "x");
  scene.Position("fay");
  scene.Position("kim");
  EXPECT_THAT(Forces(scene.spec), ElementsAre(kReplaced, kInForce));
  EXPECT_EQ(scene.decision().replaces(), "d1");
}

TEST(DecisionTest, AWithdrawalMakesAStayedDecisionVoid) {
  Scene scene;
  scene.PlayTo(v1::Spec::STATE_AUTO_APPROVED);
  scene.Must("chen", kPullIn, "reason: 'x'");
  scene.Must("ana", kWithdrawSpec);
  EXPECT_THAT(Forces(scene.spec), ElementsAre(kVoid));
}

TEST(DecisionTest, ARejectionMakesAStayedDecisionVoid) {
  Scene scene;
  scene.PlayTo(v1::Spec::STATE_AUTO_APPROVED);
  scene.Must("chen", kPullIn, "reason: 'x'");
  scene.now += absl::Hours(24 * 8);
  scene.Must("chen", kRejectSpec, "rationale: 'No.'");
  EXPECT_THAT(Forces(scene.spec), ElementsAre(kVoid, kInForce));
}

TEST(DecisionTest, OnlyTheRevisionThatStayedItCanLiftTheStay) {
  Scene scene;
  scene.PlayTo(v1::Spec::STATE_AUTO_APPROVED);
  scene.Must("chen", kPullIn, "reason: 'x'");
  ASSERT_TRUE(scene.Revise("bytes-2").ok());
  ASSERT_TRUE(scene.Revise("bytes-1").ok());
  EXPECT_EQ(scene.state(), v1::Spec::STATE_ASYNC_REVIEW);
  EXPECT_THAT(Forces(scene.spec), ElementsAre(kStayed));
}

TEST(DecisionTest, TheDecidedBytesGiveTheConditionsTheDaysOfTheStayBack) {
  Scene scene;
  scene.PlayTo(v1::Spec::STATE_ASYNC_REVIEW);
  scene.Must("fay", kTakePosition, "revision: 1 kind: KIND_APPROVE conditions: 'add a graph'");
  scene.Position("kim");
  EXPECT_EQ(scene.decision().conditions(0).due().day(), 30);  // 30 December.
  ASSERT_TRUE(scene.Revise("bytes-2").ok());
  ASSERT_EQ(scene.state(), v1::Spec::STATE_ASYNC_REVIEW);
  EXPECT_THAT(scene.deadlines(),
              ::testing::Not(::testing::Contains(::testing::Key("condition.due.k1"))));
  scene.now += absl::Hours(24 * 2);
  ASSERT_TRUE(scene.Revise("bytes-1").ok());
  ASSERT_EQ(scene.state(), v1::Spec::STATE_APPROVED);
  EXPECT_THAT(Forces(scene.spec), ElementsAre(kInForce));
  EXPECT_FALSE(scene.decision().has_stay_time());
  EXPECT_EQ(scene.decision().conditions(0).due().month(), 1);
  EXPECT_EQ(scene.decision().conditions(0).due().day(), 1);
}

TEST(DecisionTest, ARewriteFromRuleToRuleReplacesTheDecision) {
  Scene scene;
  scene.PlayTo(v1::Spec::STATE_AUTO_APPROVED);
  const absl::Time first = FromProto(scene.decision().final_time());
  scene.now += absl::Hours(20);
  ASSERT_TRUE(scene.Revise("bytes-2").ok());
  EXPECT_THAT(Forces(scene.spec), ElementsAre(kReplaced, kInForce));
  EXPECT_GT(FromProto(scene.decision().final_time()), first);  // A window of its own.
}

TEST(DecisionTest, AnEditorialRevisionDoesNotRestartTheObjectionWindow) {
  Scene scene;
  scene.PlayTo(v1::Spec::STATE_AUTO_APPROVED);
  const absl::Time end = FromProto(scene.decision().final_time());
  scene.now += absl::Hours(20);
  ASSERT_TRUE(scene.Revise("bytes-2", {.changed_percent = 1}).ok());
  EXPECT_EQ(scene.spec.revisions(1).kind(), v1::Revision::KIND_EDITORIAL);
  EXPECT_EQ(FromProto(scene.decision().final_time()), end);
}

TEST(DecisionTest, AChangedCatalogTouchesNoApprovalInItsWindow) {
  Scene scene;
  scene.PlayTo(v1::Spec::STATE_AUTO_APPROVED);
  const Deadlines before = scene.deadlines();
  scene.verdict = VerdictOf(v1::REVIEW_MODE_SYNC);
  EXPECT_EQ(Reason(scene.Do("kim", kReevaluateSpec)), "STATE_NOT_ALLOWED");
  EXPECT_EQ(scene.deadlines(), before);
}

TEST(DecisionTest, AnUndoRestoresWhatTheOutcomeFound) {
  Scene scene;
  InMeetingWithApprovals(scene);
  v1::Spec before = scene.spec;
  scene.Outcome("APPROVE");
  scene.Must("kim", kUndoOutcome, kUndo);
  EXPECT_EQ(scene.state(), v1::Spec::STATE_SCHEDULED);
  EXPECT_THAT(Forces(scene.spec), ElementsAre(kVoid));
  EXPECT_EQ(scene.spec.queue().SerializeAsString(), before.queue().SerializeAsString());
  EXPECT_EQ(scene.spec.meeting(), before.meeting());
  EXPECT_FALSE(scene.spec.has_last_outcome());
  EXPECT_EQ(scene.meeting.slots(0).state(), v1::Slot::STATE_PLANNED);
  scene.OpenItem();
  scene.Outcome("REJECT");
  EXPECT_THAT(Forces(scene.spec), ElementsAre(kVoid, kInForce));
}

TEST(DecisionTest, AnUndoneContinueMayBeRecordedAgain) {
  Scene scene;
  scene.PlayTo(v1::Spec::STATE_IN_MEETING);
  scene.Outcome("CONTINUE");
  EXPECT_EQ(scene.spec.queue().continued(), 1);
  scene.Must("kim", kUndoOutcome, kUndo);
  EXPECT_EQ(scene.spec.queue().continued(), 0);
  EXPECT_EQ(scene.spec.queue().reason(), v1::Queue::REASON_REQUESTED);
  scene.OpenItem();
  scene.Outcome("CONTINUE");
}

TEST(DecisionTest, AnUndoneDeferralForgetsItsWakeDate) {
  Scene scene;
  scene.PlayTo(v1::Spec::STATE_IN_MEETING);
  scene.Outcome("DEFER", "deferral { waits_for: 'x' wake_date { year: 2027 month: 1 day: 4 } }");
  EXPECT_EQ(scene.spec.deferral().person(), "ana");
  scene.Must("kim", kUndoOutcome, kUndo);
  EXPECT_FALSE(scene.spec.has_deferral());
  EXPECT_THAT(scene.deadlines(), IsEmpty());
}

TEST(DecisionTest, AnUndoOpensTheBlocksItsOutcomeOverruled) {
  Scene scene;
  InMeetingWithApprovals(scene);
  scene.Block("fay", "keys");
  scene.Block("fay", "disks");
  scene.Must("chen", kOverruleConcern, "concern: 'disks' reason: 'Before the outcome.'");
  scene.Must("chen", kRecordOutcome,
             "meeting: '2026-12-10-media' kind: KIND_APPROVE rationale: 'x' overrule: true");
  EXPECT_EQ(scene.concern("keys").status(), v1::Concern::STATUS_OVERRULED);
  scene.Must("chen", kUndoOutcome, kUndo);
  EXPECT_EQ(scene.concern("keys").status(), v1::Concern::STATUS_OPEN);
  EXPECT_EQ(scene.concern("disks").status(), v1::Concern::STATUS_OVERRULED);
  scene.OpenItem();
  EXPECT_EQ(Reason(scene.Do("kim", kRecordOutcome,
                            "meeting: '2026-12-10-media' kind: KIND_APPROVE rationale: 'x'")),
            "GUARD_FAILED");
}

TEST(DecisionTest, AnUndoAfterTheMeetingClosedQueuesItWithItsAge) {
  Scene scene;
  InMeetingWithApprovals(scene);
  const absl::Time since = FromProto(scene.spec.queue().since());
  scene.Outcome("APPROVE");
  scene.CloseMeeting();
  scene.Must("kim", kUndoOutcome, kUndo);
  EXPECT_EQ(scene.state(), v1::Spec::STATE_QUEUED);
  EXPECT_EQ(scene.spec.meeting(), "");
  EXPECT_EQ(FromProto(scene.spec.queue().since()), since);
}

TEST(DecisionTest, AContinueUndoneAfterTheMeetingHoldsNoSlotOfIt) {
  Scene scene;
  scene.PlayTo(v1::Spec::STATE_IN_MEETING);
  scene.Outcome("CONTINUE");
  scene.CloseMeeting();
  scene.Must("kim", kUndoOutcome, kUndo);
  EXPECT_EQ(scene.state(), v1::Spec::STATE_QUEUED);
  EXPECT_EQ(scene.spec.meeting(), "");
}

TEST(DecisionTest, AnUndoAfterAContestLeavesTheContestedDecisionStayed) {
  Scene scene;
  Contested(scene);
  OpenAgain(scene);
  scene.Outcome("APPROVE");
  EXPECT_THAT(Forces(scene.spec), ElementsAre(kReplaced, kInForce));
  scene.Must("kim", kUndoOutcome, kUndo);
  EXPECT_THAT(Forces(scene.spec), ElementsAre(kStayed, kVoid));
}

TEST(DecisionTest, AnUndoAfterAReopenedRejectionLeavesTheRejectionInForce) {
  Scene scene;
  scene.PlayTo(v1::Spec::STATE_REJECTED);
  scene.Must("ana", kReopenSpec, "what_is_new: 'It is cheaper.'");
  scene.Submit();
  scene.Queue();
  scene.Schedule();
  scene.Freeze();
  scene.OpenMeeting();
  scene.OpenItem();
  scene.Position("fay");
  scene.Outcome("APPROVE");
  EXPECT_THAT(Forces(scene.spec), ElementsAre(kReplaced, kInForce));
  scene.Must("kim", kUndoOutcome, kUndo);
  EXPECT_THAT(Forces(scene.spec), ElementsAre(kInForce, kVoid));
}

TEST(DecisionTest, ASpecIsContestedOnce) {
  Scene scene;
  Contested(scene);
  EXPECT_EQ(scene.spec.queue().reason(), v1::Queue::REASON_CONTESTED);
  OpenAgain(scene);
  scene.meeting.add_attendance()->set_person("kim");
  scene.Outcome("APPROVE");
  const absl::Status again = scene.Do("fay", kContestDecision, kContest);
  EXPECT_EQ(Reason(again), "GUARD_FAILED");
  EXPECT_THAT(std::string(again.message()), ::testing::HasSubstr("contested before"));
}

TEST(DecisionTest, ASecondContinueHappensInItsOwnSession) {
  Scene scene;
  scene.PlayTo(v1::Spec::STATE_IN_MEETING);
  scene.Outcome("CONTINUE");
  OpenAgain(scene);
  scene.meeting.set_ad_hoc(true);
  scene.Outcome("CONTINUE");
  EXPECT_EQ(scene.spec.queue().continued(), 2);
}

v1::Spec OldSpec(const std::string& key, v1::Spec::State state) {
  v1::Spec spec;
  spec.set_key(key);
  spec.set_area("media");
  spec.set_state(state);
  return spec;
}

TEST(DecisionTest, AFinalApprovalNamesWhatItSupersedesAndWhatItLeavesAlone) {
  Scene scene;
  scene.facts.add_supersedes("MEDIA-7");
  scene.facts.add_supersedes("MEDIA-8");
  scene.superseded = {OldSpec("MEDIA-7", v1::Spec::STATE_APPROVED),
                      OldSpec("MEDIA-8", v1::Spec::STATE_QUEUED),
                      OldSpec("MEDIA-9", v1::Spec::STATE_APPROVED)};  // Named once, no longer.
  scene.PlayTo(v1::Spec::STATE_APPROVED);
  const v1::DecisionFinal& made = scene.events.back().decision_final();
  EXPECT_THAT(made.superseded(), ElementsAre("MEDIA-7"));
  EXPECT_THAT(made.left_alone(), ElementsAre("MEDIA-8"));
}

TEST(DecisionTest, AnApprovalThatCanStillBeObjectedToSupersedesNothing) {
  Scene scene;
  scene.facts.add_supersedes("MEDIA-7");
  scene.superseded = {OldSpec("MEDIA-7", v1::Spec::STATE_APPROVED)};
  scene.PlayTo(v1::Spec::STATE_AUTO_APPROVED);
  for (const v1::Event& event : scene.events) EXPECT_FALSE(event.has_decision_final());
  ASSERT_TRUE(scene.Fire("decision.final").ok());
  EXPECT_THAT(scene.events.back().decision_final().superseded(), ElementsAre("MEDIA-7"));
}

TEST(DecisionTest, ARejectionSupersedesNothing) {
  Scene scene;
  scene.facts.add_supersedes("MEDIA-7");
  scene.superseded = {OldSpec("MEDIA-7", v1::Spec::STATE_APPROVED)};
  scene.PlayTo(v1::Spec::STATE_REJECTED);
  EXPECT_THAT(scene.events.back().decision_final().superseded(), IsEmpty());
}

TEST(DecisionTest, OfTwoThatSupersedeOneTheSecondLeavesItAlone) {
  Scene scene;
  scene.facts.add_supersedes("MEDIA-7");
  scene.superseded = {OldSpec("MEDIA-7", v1::Spec::STATE_SUPERSEDED)};
  scene.PlayTo(v1::Spec::STATE_APPROVED);
  EXPECT_THAT(scene.events.back().decision_final().left_alone(), ElementsAre("MEDIA-7"));
}

TEST(DecisionTest, InACycleWhoeverIsFinalFirstSupersedesTheOther) {
  Scene scene;
  scene.PlayTo(v1::Spec::STATE_AUTO_APPROVED);  // Not final yet; its rival is.
  scene.Must("system", kSupersede);
  EXPECT_EQ(scene.state(), v1::Spec::STATE_SUPERSEDED);
  EXPECT_EQ(scene.spec.superseded_by(), "for the test");
  EXPECT_THAT(scene.deadlines(), IsEmpty());  // So it never supersedes the rival in turn.
}

TEST(DecisionTest, AnApprovalWithAWishBecomesOneWithACondition) {
  Scene scene;
  scene.PlayTo(v1::Spec::STATE_ASYNC_REVIEW);
  scene.Must("fay", kTakePosition, "revision: 1 kind: KIND_APPROVE conditions: ['a', 'b']");
  scene.Position("kim");
  EXPECT_EQ(scene.decision().outcome(), v1::DECISION_OUTCOME_APPROVED_WITH_CONDITIONS);
  ASSERT_EQ(scene.decision().conditions_size(), 2);
  EXPECT_EQ(scene.decision().conditions(1).id(), "k2");
  EXPECT_EQ(scene.decision().conditions(1).owner(), "ana");
  EXPECT_EQ(scene.decision().conditions(1).asked_by(), "fay");
}

TEST(DecisionTest, TheRoomsConditionsNameAnOwnerAndADay) {
  const std::string head =
      "meeting: '2026-12-10-media' kind: KIND_APPROVE_WITH_CONDITIONS rationale: 'x' ";
  Scene scene;
  InMeetingWithApprovals(scene);
  EXPECT_EQ(Reason(scene.Do("kim", kRecordOutcome, head)), "FIELD_INVALID");
  EXPECT_EQ(Reason(scene.Do("kim", kRecordOutcome, head + "conditions { text: 'a' }")),
            "FIELD_INVALID");
  EXPECT_EQ(Reason(scene.Do("kim", kRecordOutcome, head + "conditions { text: 'a' owner: 'bo' }")),
            "FIELD_INVALID");
  scene.Must("kim", kRecordOutcome,
             head + "conditions { text: 'a' owner: 'bo' due { year: 2027 month: 1 day: 4 } }");
  EXPECT_EQ(scene.decision().conditions(0).owner(), "bo");
}

TEST(DecisionTest, ACommandThatIsInEffectAlreadyCausesNothing) {
  Scene scene;
  scene.PlayTo(v1::Spec::STATE_ASYNC_REVIEW);
  scene.Must("ana", kInviteReader, "person: 'dee'");
  scene.Must("ana", kInviteReader, "person: 'dee'");
  EXPECT_THAT(scene.last, IsEmpty());
  scene.Must("kim", kAssignReviewer, "person: 'fay'");
  EXPECT_THAT(scene.last, IsEmpty());
  scene.Must("ana", kSetPresenter, "person: 'ana'");
  EXPECT_THAT(scene.last, IsEmpty());
}

}  // namespace
}  // namespace gavel
