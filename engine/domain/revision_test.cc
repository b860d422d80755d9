// "Revisions": major or minor, what becomes stale, and where AddRevision leads from each state.

#include <gtest/gtest.h>

#include "engine/domain/decision.h"
#include "engine/domain/gates.h"
#include "engine/domain/names.h"
#include "engine/domain/settling.h"
#include "engine/domain/testing/story.h"
#include "fmt/format.h"

namespace gavel {
namespace {

using enum CommandKind;
using namespace testing;  // NOLINT: the stories are written in its words.

const RevisionText kMinor = {.changed_percent = 20};
const RevisionText kMajor = {.changed_percent = 20.5};

v1::Revision::Kind KindAfter(const RevisionText& text) {
  Scene scene;
  scene.PlayTo(v1::Spec::STATE_DRAFT);
  EXPECT_TRUE(scene.Revise("bytes-2", text).ok());
  return CurrentRevision(scene.spec)->kind();
}

TEST(RevisionTest, TheFirstOneIsMajor) {
  Scene scene;
  scene.PlayTo(v1::Spec::STATE_DRAFT);
  EXPECT_EQ(CurrentRevision(scene.spec)->kind(), v1::Revision::KIND_MAJOR);
}

TEST(RevisionTest, MoreThanAFifthOfTheWordsIsMajor) {
  EXPECT_EQ(KindAfter(kMinor), v1::Revision::KIND_MINOR);
  EXPECT_EQ(KindAfter(kMajor), v1::Revision::KIND_MAJOR);
}

TEST(RevisionTest, ChangedFactsAreMajor) {
  EXPECT_EQ(KindAfter({.facts = "other", .changed_percent = 0}), v1::Revision::KIND_MAJOR);
}

TEST(RevisionTest, TheAuthorMayRaiseTheKindAndNeverLowerIt) {
  EXPECT_EQ(KindAfter({.changed_percent = 0, .kind = v1::Revision::KIND_MAJOR}),
            v1::Revision::KIND_MAJOR);
  EXPECT_EQ(KindAfter({.changed_percent = 90, .kind = v1::Revision::KIND_MINOR}),
            v1::Revision::KIND_MAJOR);
}

TEST(RevisionTest, AMinorOneIsComparedWithTheLatestMajorOne) {
  Scene scene;
  scene.PlayTo(v1::Spec::STATE_DRAFT);
  ASSERT_TRUE(scene.Revise("bytes-2", kMajor).ok());
  ASSERT_TRUE(scene.Revise("bytes-3", kMinor).ok());
  EXPECT_EQ(BaseRevision(scene.spec)->number(), 2);
}

TEST(RevisionTest, AfterADecisionTheDecidedOneIsTheMeasureSoFortyTyposCannotRewriteIt) {
  Scene scene;
  scene.PlayTo(v1::Spec::STATE_APPROVED);
  // Each differs from the decided revision by half a percent more than the one before.
  for (int i = 2; i <= 40; ++i) {
    ASSERT_TRUE(scene.Revise(fmt::format("bytes-{}", i), {.changed_percent = i * 0.5}).ok());
    ASSERT_EQ(scene.state(), v1::Spec::STATE_APPROVED) << i;
    ASSERT_EQ(BaseRevision(scene.spec)->number(), 1);
  }
  ASSERT_TRUE(scene.Revise("bytes-41", {.changed_percent = 20.5}).ok());
  EXPECT_EQ(scene.state(), v1::Spec::STATE_ASYNC_REVIEW);
}

TEST(RevisionTest, AfterAReopenedRejectionTheNewestMajorOneIsTheMeasure) {
  Scene scene;
  scene.PlayTo(v1::Spec::STATE_REJECTED);
  scene.Must("ana", kReopenSpec, "what_is_new: 'All of it.'");
  ASSERT_TRUE(scene.Revise("bytes-2", {.facts = "other"}).ok());
  ASSERT_TRUE(scene.Revise("bytes-3", {.facts = "other", .changed_percent = 1}).ok());
  EXPECT_EQ(CurrentRevision(scene.spec)->kind(), v1::Revision::KIND_MINOR);
}

TEST(RevisionTest, AMajorOneMakesPositionsStaleAndLeavesThreeDays) {
  Scene scene;
  scene.PlayTo(v1::Spec::STATE_ASYNC_REVIEW);
  scene.Position("fay");
  scene.now = Morning(absl::CivilDay(2026, 12, 4));  // Friday; the window ends on Monday.
  ASSERT_TRUE(scene.Revise("bytes-2").ok());
  EXPECT_EQ(FreshPosition(scene.spec, "fay"), nullptr);
  EXPECT_EQ(scene.spec.positions(0).stale(), true);
  EXPECT_EQ(FromProto(scene.spec.review().window_end()),
            Morning(absl::CivilDay(2026, 12, 9)) + absl::Seconds(1));
}

TEST(RevisionTest, AMajorOneNeverShortensTheWindow) {
  Scene scene;
  scene.PlayTo(v1::Spec::STATE_ASYNC_REVIEW);
  const absl::Time end = FromProto(scene.spec.review().window_end());
  ASSERT_TRUE(scene.Revise("bytes-2").ok());
  EXPECT_EQ(FromProto(scene.spec.review().window_end()), end);
}

TEST(RevisionTest, AMinorOneKeepsPositions) {
  Scene scene;
  scene.PlayTo(v1::Spec::STATE_ASYNC_REVIEW);
  scene.Position("fay");
  ASSERT_TRUE(scene.Revise("bytes-2", kMinor).ok());
  EXPECT_NE(FreshPosition(scene.spec, "fay"), nullptr);
}

TEST(RevisionTest, AnApprovalOfAnOldRevisionIsShownAndNotCounted) {
  Scene scene;
  scene.PlayTo(v1::Spec::STATE_ASYNC_REVIEW);
  ASSERT_TRUE(scene.Revise("bytes-2").ok());
  scene.Must("fay", kTakePosition, "revision: 1 kind: KIND_APPROVE");
  ASSERT_EQ(scene.spec.positions_size(), 1);
  EXPECT_TRUE(scene.spec.positions(0).stale());
  EXPECT_EQ(scene.spec.gates(0).approvals(), 0);
}

TEST(RevisionTest, ALateWordOnAnOldRevisionDoesNotDisplaceAFreshOne) {
  Scene scene;
  scene.PlayTo(v1::Spec::STATE_ASYNC_REVIEW);
  ASSERT_TRUE(scene.Revise("bytes-2").ok());
  scene.Position("fay");
  scene.Must("fay", kTakePosition, "revision: 1 kind: KIND_ABSTAIN");
  EXPECT_EQ(FreshPosition(scene.spec, "fay")->kind(), v1::Position::KIND_APPROVE);
}

TEST(RevisionTest, AReviewerWhoBecomesAnAuthorLosesTheirPositionAndSeat) {
  Scene scene;
  scene.PlayTo(v1::Spec::STATE_ASYNC_REVIEW);
  scene.Position("fay");
  scene.facts.add_authors("fay");
  ASSERT_TRUE(scene.Revise("bytes-2", kMinor).ok());
  EXPECT_EQ(scene.spec.positions_size(), 0);
  for (const v1::Assignment& each : scene.spec.assignments()) EXPECT_NE(each.person(), "fay");
}

TEST(RevisionTest, AConcernSurvivesTheHeadingItStandsOn) {
  Scene scene;
  scene.PlayTo(v1::Spec::STATE_ASYNC_REVIEW);
  scene.Must("fay", kRaiseConcern,
             "title: 'keys' text: 'b' criteria: 'c' severity: SEVERITY_BLOCKING "
             "anchor { revision: 1 first_line: 12 heading: 'Key rotation' }");
  ASSERT_TRUE(scene.Revise("bytes-2").ok());
  EXPECT_EQ(scene.concern("keys").status(), v1::Concern::STATUS_OPEN);
  EXPECT_EQ(scene.concern("keys").anchor().heading(), "Key rotation");
}

TEST(RevisionTest, AnOverrideHoldsForOneRevision) {
  Scene scene;
  scene.Create();
  v1::RuleResult& rule = *scene.verdict.add_rules();
  rule.set_id("new-storage");
  rule.set_effect(v1::RuleResult::EFFECT_REQUIRE);
  rule.set_applied(true);
  scene.Must("ana", kSubmitSpec);
  scene.Must("chen", kOverrideRule, "rule: 'new-storage' reason: 'x'");
  ASSERT_EQ(scene.spec.overrides_size(), 1);
  ASSERT_TRUE(scene.Revise("bytes-2", kMinor).ok());
  EXPECT_EQ(scene.spec.overrides_size(), 0);
}

TEST(RevisionTest, ADelegatedPresenterStaysThroughRevisions) {
  Scene scene;
  scene.PlayTo(v1::Spec::STATE_ASYNC_REVIEW);
  scene.Must("ana", kSetPresenter, "person: 'bo'");
  ASSERT_TRUE(scene.Revise("bytes-2", kMinor).ok());
  EXPECT_EQ(scene.spec.presenter(), "bo");
}

TEST(RevisionTest, AMeetingLearnsWhoPresentsNow) {
  Scene scene;
  scene.PlayTo(v1::Spec::STATE_SCHEDULED);
  scene.facts.set_presenter("bo");
  ASSERT_TRUE(scene.Revise("bytes-2", kMinor).ok());
  EXPECT_EQ(scene.meeting.slots(0).presenter(), "bo");
}

// Where AddRevision leads.
struct Lead {
  const char* name;
  Step before;
  RevisionText text;
  v1::ReviewMode mode = v1::REVIEW_MODE_ASYNC;
  bool author_gate = false;
  std::string end;
};

void PrintTo(const Lead& lead, std::ostream* os) { *os << lead.name; }

void QueuedForVerdict(Scene& scene) {
  scene.Create();
  scene.Submit(v1::REVIEW_MODE_SYNC);
  scene.Position("fay");
  scene.Position("kim");
}

void ScheduledForVerdict(Scene& scene) {
  QueuedForVerdict(scene);
  scene.Schedule();
}

void Frozen(Scene& scene) {
  ScheduledForVerdict(scene);
  scene.Freeze();
}

void NearTheMeeting(Scene& scene) {
  ScheduledForVerdict(scene);
  scene.now = Morning(absl::CivilDay(2026, 12, 9));
}

constexpr auto kSync = v1::REVIEW_MODE_SYNC;
constexpr auto kAsyncMode = v1::REVIEW_MODE_ASYNC;
constexpr auto kAutoMode = v1::REVIEW_MODE_AUTO;

const std::vector<Lead>& Leads() {
  static const std::vector<Lead> leads = {
      {"DraftStays", To(v1::Spec::STATE_DRAFT), {}, kAutoMode, true, "DRAFT"},
      {"ChangesStays",
       To(v1::Spec::STATE_CHANGES_REQUESTED),
       {},
       kAutoMode,
       false,
       "CHANGES_REQUESTED"},
      {"DeferredStays", To(v1::Spec::STATE_DEFERRED), {}, kAutoMode, true, "DEFERRED"},
      {"AsyncWithAnAuthorGateReturns",
       To(v1::Spec::STATE_ASYNC_REVIEW),
       {},
       kAsyncMode,
       true,
       "CHANGES_REQUESTED"},
      {"AsyncStaysOtherwise", To(v1::Spec::STATE_ASYNC_REVIEW), {}, kSync, false, "ASYNC_REVIEW"},
      {"QueuedWithAnAuthorGateReturns", QueuedForVerdict, {}, kSync, true, "CHANGES_REQUESTED"},
      {"QueuedForTheVerdictAndStillSyncStays", QueuedForVerdict, {}, kSync, false, "QUEUED"},
      {"QueuedForTheVerdictAndNoLongerSyncIsReviewed",
       QueuedForVerdict,
       {},
       kAsyncMode,
       false,
       "ASYNC_REVIEW"},
      {"QueuedAtRequestStays", To(v1::Spec::STATE_QUEUED), {}, kAsyncMode, false, "QUEUED"},
      {"ScheduledMinorStays", ScheduledForVerdict, kMinor, kAsyncMode, false, "SCHEDULED"},
      {"ScheduledMajorStaysWhileEligible", ScheduledForVerdict, {}, kSync, false, "SCHEDULED"},
      {"ScheduledMajorThatNeedsNoRoomIsReviewed",
       ScheduledForVerdict,
       {},
       kAsyncMode,
       false,
       "ASYNC_REVIEW"},
      {"ScheduledMajorWithAnAuthorGateReturns",
       ScheduledForVerdict,
       {},
       kSync,
       true,
       "CHANGES_REQUESTED"},
      {"ScheduledMajorTooCloseIsReleased", NearTheMeeting, {}, kSync, false, "QUEUED"},
      {"FrozenMinorIsStored", Frozen, kMinor, kAsyncMode, false, "SCHEDULED"},
      {"FrozenMajorIsReleased", Frozen, {}, kSync, false, "QUEUED"},
      {"FrozenMajorWithAnAuthorGateReturns", Frozen, {}, kSync, true, "CHANGES_REQUESTED"},
      {"ApprovedMinorIsEditorial", To(v1::Spec::STATE_APPROVED), kMinor, kAsyncMode, false,
       "APPROVED"},
      {"ApprovedMinorWithAnotherVerdictIsReviewed", To(v1::Spec::STATE_APPROVED), kMinor, kSync,
       false, "ASYNC_REVIEW"},
      {"ApprovedMinorRaisedByItsAuthorIsReviewed",
       To(v1::Spec::STATE_APPROVED),
       {.changed_percent = 1, .kind = v1::Revision::KIND_MAJOR},
       kAsyncMode,
       false,
       "ASYNC_REVIEW"},
      {"AutoMajorWithAnAuthorGateReturns",
       To(v1::Spec::STATE_AUTO_APPROVED),
       {},
       kAsyncMode,
       true,
       "CHANGES_REQUESTED"},
      {"AutoMajorThatIsStillStandardIsApprovedAnew",
       To(v1::Spec::STATE_AUTO_APPROVED),
       {},
       kAutoMode,
       false,
       "AUTO_APPROVED"},
      {"AutoMinorKeepsItsDecision", To(v1::Spec::STATE_AUTO_APPROVED), kMinor, kAutoMode, false,
       "AUTO_APPROVED"},
  };
  return leads;
}

class LeadTest : public ::testing::TestWithParam<Lead> {};

TEST_P(LeadTest, LeadsWhereThePageSays) {
  const Lead& lead = GetParam();
  Scene scene;
  lead.before(scene);
  scene.verdict = VerdictOf(lead.mode, lead.author_gate);
  ASSERT_TRUE(scene.Revise("bytes-2", lead.text).ok());
  EXPECT_EQ(StateName(scene.state()), lead.end);
  const bool scheduled = scene.state() == v1::Spec::STATE_SCHEDULED;
  EXPECT_EQ(scene.spec.meeting().empty(), !scheduled);
}

INSTANTIATE_TEST_SUITE_P(State, LeadTest, ::testing::ValuesIn(Leads()),
                         [](const auto& each) { return each.param.name; });

TEST(RevisionTest, AfterALiftedStayOnlyAStandardRevisionKeepsARulesApproval) {
  Scene scene;
  scene.PlayTo(v1::Spec::STATE_AUTO_APPROVED);
  scene.verdict = VerdictOf(kAsyncMode);  // The policy has become stricter meanwhile.
  ASSERT_TRUE(scene.Revise("bytes-2").ok());
  ASSERT_EQ(scene.state(), v1::Spec::STATE_ASYNC_REVIEW);
  ASSERT_TRUE(scene.Revise("bytes-1").ok());
  ASSERT_EQ(scene.state(), v1::Spec::STATE_AUTO_APPROVED);
  ASSERT_TRUE(scene.Revise("bytes-3", kMinor).ok());
  EXPECT_EQ(scene.state(), v1::Spec::STATE_ASYNC_REVIEW);
}

TEST(RevisionTest, AReleaseForAMajorRevisionAfterTheFreezeIsTheAuthorsFault) {
  Scene scene;
  Frozen(scene);
  scene.verdict = VerdictOf(kSync);
  ASSERT_TRUE(scene.Revise("bytes-2").ok());
  EXPECT_EQ(scene.spec.queue().releases_author(), 1);
  EXPECT_EQ(scene.spec.queue().releases_organisation(), 0);
}

TEST(RevisionTest, ASpecThatLeavesTheQueueByARevisionKeepsItsAgeWhenItReturns) {
  Scene scene;
  QueuedForVerdict(scene);
  const absl::Time since = FromProto(scene.spec.queue().since());
  scene.verdict = VerdictOf(kAsyncMode);
  ASSERT_TRUE(scene.Revise("bytes-2").ok());
  scene.now += absl::Hours(24);
  scene.Position("fay", "NEEDS_DISCUSSION");
  scene.Position("kim", "NEEDS_DISCUSSION");
  ASSERT_EQ(scene.spec.queue().reason(), v1::Queue::REASON_NEEDS_DISCUSSION);
  EXPECT_EQ(FromProto(scene.spec.queue().since()), since);
}

TEST(RevisionTest, ASpecThatLeavesTheQueueOtherwiseQueuesAnew) {
  Scene scene;
  QueuedForVerdict(scene);
  const absl::Time since = FromProto(scene.spec.queue().since());
  scene.Must("ana", kWithdrawSpec);
  EXPECT_FALSE(scene.spec.has_queue());
  scene.Must("ana", kReopenSpec);
  scene.Submit(kSync);  // The positions still count, so the review is complete.
  ASSERT_EQ(scene.spec.queue().reason(), v1::Queue::REASON_VERDICT);
  EXPECT_GT(FromProto(scene.spec.queue().since()), since);
}

TEST(RevisionTest, TheMeetingDecidesOnTheRevisionOfItsPacket) {
  Scene scene;
  Frozen(scene);
  ASSERT_TRUE(scene.Revise("bytes-2", kMinor).ok());
  scene.OpenMeeting();
  scene.OpenItem();
  scene.Outcome("APPROVE");
  EXPECT_EQ(scene.decision().revision(), 1);
  EXPECT_EQ(scene.decision().content_hash(), "bytes-1");
  // The minor one is editorial beside it, and what comes next is measured against the decided one.
  EXPECT_EQ(BaseRevision(scene.spec)->number(), 1);
}

TEST(RevisionTest, AFreshReviewOpensForAMajorRevisionAfterTheSilentHaveLapsed) {
  Scene scene;
  scene.PlayTo(v1::Spec::STATE_ASYNC_REVIEW);
  scene.Block("chen");
  scene.now = FromProto(scene.spec.review().window_end()) - absl::Hours(1);
  scene.Answer();
  ASSERT_TRUE(scene.Fire("review.window").ok());
  ASSERT_EQ(scene.state(), v1::Spec::STATE_ASYNC_REVIEW);  // The answer is young.
  ASSERT_TRUE(IsComplete(scene.spec));
  ASSERT_TRUE(scene.Revise("bytes-2").ok());
  EXPECT_EQ(MissingReviewers(scene.spec), (std::vector<std::string>{"fay", "kim"}));
  EXPECT_EQ(scene.deadlines().count("review.window"), 1u);
}

TEST(RevisionTest, SomebodyAssignedAfterTheWindowClosedHasTimeAndAnEnd) {
  Scene scene;
  scene.PlayTo(v1::Spec::STATE_ASYNC_REVIEW);
  scene.Block("chen");
  scene.now = FromProto(scene.spec.review().window_end()) - absl::Hours(1);
  scene.Answer();
  ASSERT_TRUE(scene.Fire("review.window").ok());
  scene.Must("kim", kAssignReviewer, "person: 'dee'");
  EXPECT_EQ(MissingReviewers(scene.spec), (std::vector<std::string>{"dee"}));
  ASSERT_TRUE(scene.Fire("review.window").ok());
  EXPECT_TRUE(IsComplete(scene.spec));
}

}  // namespace
}  // namespace gavel
