// A story per row of lifecycle.md and per in-state command in which it is done.

#include <gtest/gtest.h>

#include <set>

#include "engine/domain/names.h"
#include "engine/domain/testing/story.h"
#include "engine/domain/transition.h"
#include "fmt/format.h"
#include "fmt/ranges.h"

namespace gavel {
namespace {

using enum CommandKind;
using namespace testing;  // NOLINT: the stories are written in its words.

constexpr auto kAsyncMode = v1::REVIEW_MODE_ASYNC;
constexpr auto kAutoMode = v1::REVIEW_MODE_AUTO;
constexpr auto kSyncMode = v1::REVIEW_MODE_SYNC;
constexpr auto kDraft = v1::Spec::STATE_DRAFT;
constexpr auto kAsync = v1::Spec::STATE_ASYNC_REVIEW;
constexpr auto kChanges = v1::Spec::STATE_CHANGES_REQUESTED;
constexpr auto kQueued = v1::Spec::STATE_QUEUED;
constexpr auto kScheduled = v1::Spec::STATE_SCHEDULED;
constexpr auto kInMeeting = v1::Spec::STATE_IN_MEETING;
constexpr auto kAuto = v1::Spec::STATE_AUTO_APPROVED;
constexpr auto kApproved = v1::Spec::STATE_APPROVED;
constexpr auto kRejected = v1::Spec::STATE_REJECTED;
constexpr auto kDeferred = v1::Spec::STATE_DEFERRED;
constexpr auto kWithdrawn = v1::Spec::STATE_WITHDRAWN;

const RevisionText kMinor = {.changed_percent = 5};

void Blocked(Scene& scene) {
  scene.PlayTo(kAsync);
  scene.Block("fay");
}

void BlockedAndWithAuthor(Scene& scene) {
  Blocked(scene);
  scene.Position("fay", "ABSTAIN");
  scene.Position("kim");
}

void WithCondition(Scene& scene) {
  scene.PlayTo(kAsync);
  scene.Must("fay", kTakePosition, "revision: 1 kind: KIND_APPROVE conditions: 'add a graph'");
  scene.Position("kim");
}

void RevisedAfterDecision(Scene& scene) {
  scene.PlayTo(kApproved);
  EXPECT_TRUE(scene.Revise("bytes-2").ok());
}

void ContinuedOutcome(Scene& scene) {
  scene.PlayTo(kInMeeting);
  scene.Outcome("CONTINUE");
}

void RuleFired(Scene& scene) {
  scene.Create();
  scene.verdict = VerdictOf(kSyncMode);
  v1::RuleResult& rule = *scene.verdict.add_rules();
  rule.set_id("new-storage");
  rule.set_effect(v1::RuleResult::EFFECT_REQUIRE);
  rule.set_applied(true);
  scene.Must("ana", kSubmitSpec);
  scene.verdict = VerdictOf(kAsyncMode);
}

const std::vector<Story>& Stories() {
  static const std::vector<Story> stories = {
      {"AMemberRegistersADraft", 1, kCreateSpec, [](Scene&) {},
       [](Scene& s) { s.Create(); return absl::OkStatus(); }, "DRAFT",
       "SpecCreated, RevisionAdded, RulesEvaluated"},
      {"ARevisionOfADraftIsStored", 2, kAddRevision, To(kDraft), NewRevision("bytes-2"), "DRAFT",
       "RevisionAdded, RulesEvaluated"},
      {"ARevisionUnderReviewKeepsItThere", 2, kAddRevision, To(kAsync), NewRevision("bytes-2"),
       "ASYNC_REVIEW", "RevisionAdded, RulesEvaluated, ReviewersAssigned, ReviewWindowMoved"},
      {"ARevisionThatNeedsNoRoomLeavesTheQueue", 2, kReroute,
       [](Scene& s) {
         s.Create();
         s.Submit(kSyncMode);
         s.Position("fay");
         s.Position("kim");
         s.verdict = VerdictOf(kAsyncMode);
       }, NewRevision("bytes-2"), "ASYNC_REVIEW",
       "RevisionAdded, RulesEvaluated, ReviewOpened, ReviewersAssigned"},
      {"ADraftIsSubmittedToItsReviewers", 3, kSubmitSpec, To(kDraft), By("ana", kSubmitSpec),
       "ASYNC_REVIEW", "SpecSubmitted, RulesEvaluated, ReviewOpened, ReviewersAssigned"},
      {"ARuleApprovesAStandardSpec", 4, kRoute, Then(To(kDraft), Says(kAutoMode)),
       By("ana", kSubmitSpec), "AUTO_APPROVED",
       "SpecSubmitted, RulesEvaluated, AutoApproved, DecisionRecorded"},
      {"ARuleApprovesARevisionNobodyHasAnswered", 4, kReroute, Then(To(kAsync), Says(kAutoMode)),
       NewRevision("bytes-2"), "AUTO_APPROVED",
       "RevisionAdded, RulesEvaluated, AutoApproved, DecisionRecorded"},
      {"TheRulesAskForPeople", 5, kRoute, Then(To(kDraft), Says(kSyncMode)), By("ana", kSubmitSpec),
       "ASYNC_REVIEW", "SpecSubmitted, RulesEvaluated, ReviewOpened, ReviewersAssigned"},
      {"TheRulesReturnASpecToItsAuthor", 6, kRoute, Then(To(kDraft), Says(kAutoMode, true)),
       By("ana", kSubmitSpec), "CHANGES_REQUESTED",
       "SpecSubmitted, RulesEvaluated, ReturnedToAuthor"},
      {"TheRulesReturnARevisionToItsAuthor", 6, kReroute, Then(To(kQueued), Says(kAsyncMode, true)),
       NewRevision("bytes-2"), "CHANGES_REQUESTED",
       "RevisionAdded, RulesEvaluated, ReturnedToAuthor"},
      {"AnUnansweredBlockGoesToTheAuthorOnceAllHaveSpoken", 7, kSettle,
       [](Scene& s) { Blocked(s); s.Position("kim"); },
       By("fay", kTakePosition, "revision: 1 kind: KIND_ABSTAIN"), "CHANGES_REQUESTED",
       "PositionTaken, ChangesRequested"},
      {"AReviewerAsksForChangesBeforeThat", 7, kRequestChanges, Blocked,
       By("kim", kRequestChanges, "reason: 'See keys.'"), "CHANGES_REQUESTED", "ChangesRequested"},
      {"AnswersBringItBack", 8, kResubmitSpec,
       [](Scene& s) { BlockedAndWithAuthor(s); s.Answer(); }, By("ana", kResubmitSpec),
       "ASYNC_REVIEW", "Resubmitted, RulesEvaluated, ReviewOpened, ReviewersAssigned"},
      {"ARevisionBringsItBack", 8, kResubmitSpec,
       [](Scene& s) { BlockedAndWithAuthor(s); EXPECT_TRUE(s.Revise("bytes-2").ok()); },
       By("ana", kResubmitSpec), "ASYNC_REVIEW",
       "Resubmitted, RulesEvaluated, ReviewOpened, ReviewersAssigned"},
      {"TheLastApprovalSettlesIt", 9, kSettle,
       [](Scene& s) { s.PlayTo(kAsync); s.Position("fay"); },
       By("kim", kTakePosition, "revision: 1 kind: KIND_APPROVE"), "APPROVED",
       "PositionTaken, DecisionRecorded, DecisionFinal"},
      {"TheMissingApprovalSettlesWhatIsQueuedForIt", 9, kSettle,
       [](Scene& s) { s.PlayTo(kAsync); s.Position("fay"); s.Position("kim", "ABSTAIN"); },
       By("chen", kTakePosition, "revision: 1 kind: KIND_APPROVE"), "APPROVED",
       "PositionTaken, DecisionRecorded, DecisionFinal"},
      {"ACompleteReviewWithASyncVerdictNeedsTheRoom", 10, kSettle,
       [](Scene& s) { s.Create(); s.Submit(kSyncMode); s.Position("fay"); },
       By("kim", kTakePosition, "revision: 1 kind: KIND_APPROVE"), "QUEUED",
       "PositionTaken, Queued"},
      {"TheAuthorAsksForTheRoom", 11, kRequestMeeting, To(kAsync),
       By("ana", kRequestMeeting, "reason: 'It is quicker.'"), "QUEUED", "Queued"},
      {"ADisputedBlockGoesToTheRoom", 11, kRequestMeeting,
       [](Scene& s) { BlockedAndWithAuthor(s); s.Answer("keys", true); },
       By("ana", kRequestMeeting, "reason: 'We differ.'"), "QUEUED", "Queued"},
      {"ThePlannerGivesASlot", 12, kAssignSlot, To(kQueued), By("system", kAssignSlot), "SCHEDULED",
       "SlotAssigned"},
      {"TheFacilitatorPinsASpecToAMeeting", 12, kPinToMeeting, To(kQueued),
       By("kim", kPinToMeeting, "meeting: $M reason: 'The launch.'"), "SCHEDULED", "SlotAssigned"},
      {"ThePresenterIsOut", 13, kReleaseSlot, To(kScheduled),
       By("ana", kReleaseSlot, "meeting: $M reason: 'Ill.' fault: FAULT_AUTHOR"), "QUEUED",
       "SlotReleased"},
      {"TheAuthorPullsBackFromTheQueue", 14, kPullBackSpec, To(kQueued), By("ana", kPullBackSpec),
       "CHANGES_REQUESTED", "PulledBack"},
      {"TheAuthorPullsBackFromTheAgenda", 14, kPullBackSpec, To(kScheduled),
       By("ana", kPullBackSpec), "CHANGES_REQUESTED", "SlotReleased, PulledBack"},
      {"ThreeIneligibleCutOffsSendItHome", 14, kPullBackIneligible, To(kQueued),
       By("system", kPullBackIneligible), "CHANGES_REQUESTED", "PulledBack"},
      {"TheFacilitatorOpensTheItem", 15, kOpenItem,
       [](Scene& s) { s.PlayTo(kScheduled); s.Freeze(); s.OpenMeeting(); },
       By("kim", kOpenItem, "meeting: $M"), "IN_MEETING", "ItemOpened"},
      {"TheMeetingApproves", 16, kRecordOutcome, InMeetingWithApprovals,
       By("lee", kRecordOutcome, "meeting: $M kind: KIND_APPROVE rationale: 'Sound.'"), "APPROVED",
       "DecisionRecorded"},
      {"TheMeetingRejects", 16, kRecordOutcome, To(kInMeeting),
       By("kim", kRecordOutcome, "meeting: $M kind: KIND_REJECT rationale: 'Too dear.'"),
       "REJECTED", "DecisionRecorded"},
      {"TheSponsorOverrulesABlockInTheRoom", 16, kRecordOutcome,
       [](Scene& s) { InMeetingWithApprovals(s); s.Block("fay"); },
       By("chen", kRecordOutcome,
           "meeting: $M kind: KIND_APPROVE rationale: 'We accept it.' overrule: true"), "APPROVED",
       "ConcernOverruled, DecisionRecorded"},
      {"TheMeetingGoesOnNextTime", 17, kRecordOutcome, To(kInMeeting),
       By("kim", kRecordOutcome, "meeting: $M kind: KIND_CONTINUE rationale: 'Cost is left.'"),
       "QUEUED", "OutcomeRecorded"},
      {"TheMeetingAsksForARevision", 17, kRecordOutcome, To(kInMeeting),
       By("kim", kRecordOutcome, "meeting: $M kind: KIND_REVISE rationale: 'Add a rollback.'"),
       "CHANGES_REQUESTED", "OutcomeRecorded"},
      {"TheMeetingParksIt", 17, kRecordOutcome, To(kInMeeting),
       By("kim", kRecordOutcome,
           "meeting: $M kind: KIND_DEFER rationale: 'Wait.' deferral { waits_for: 'disks' "
           "wake_date { year: 2027 month: 3 day: 1 } }"), "DEFERRED", "OutcomeRecorded"},
      {"TheMeetingEndsWithTheItemOpen", 18, kEndOverrun, To(kInMeeting), By("system", kEndOverrun),
       "QUEUED", "ItemOverran"},
      {"TheSponsorRejectsAfterFiveDays", 19, kRejectSpec,
       [](Scene& s) { s.PlayTo(kAsync); s.now += absl::Hours(24 * 7); },
       By("chen", kRejectSpec, "rationale: 'It does not pay.'"), "REJECTED",
       "DecisionRecorded, DecisionFinal"},
      {"TheSponsorRejectsOnceTheAuthorAnswered", 19, kRejectSpec,
       [](Scene& s) { BlockedAndWithAuthor(s); s.Answer(); },
       By("chen", kRejectSpec, "rationale: 'It does not pay.'"), "REJECTED",
       "DecisionRecorded, DecisionFinal"},
      {"TheAuthorWithdraws", 20, kWithdrawSpec, To(kAsync),
       By("ana", kWithdrawSpec, "reason: 'Not needed.'"), "WITHDRAWN", "Withdrawn"},
      {"AWithdrawalGivesTheSlotBack", 20, kWithdrawSpec, To(kScheduled), By("ana", kWithdrawSpec),
       "WITHDRAWN", "SlotReleased, Withdrawn"},
      {"ASpecWithoutAWordFromItsAuthorIsWithdrawn", 20, kWithdrawStale, To(kChanges),
       Timer("author.withdraw"), "WITHDRAWN", "Withdrawn"},
      {"TheFacilitatorParksIt", 21, kDeferSpec, To(kQueued),
       By("kim", kDeferSpec,
           "deferral { waits_for: 'disks' wake_date { year: 2027 month: 1 day: 4 } person: 'bo' }"),
       "DEFERRED", "Deferred"},
      {"TheAuthorResumes", 22, kResumeSpec, To(kDeferred), By("ana", kResumeSpec), "ASYNC_REVIEW",
       "Resumed, RulesEvaluated, ReviewOpened, ReviewersAssigned"},
      {"TheWakeDateResumes", 22, kWake, To(kDeferred), Timer("deferred.wake"), "ASYNC_REVIEW",
       "Resumed, RulesEvaluated, ReviewOpened, ReviewersAssigned"},
      {"AWithdrawnSpecIsReopened", 23, kReopenSpec, To(kWithdrawn), By("ana", kReopenSpec), "DRAFT",
       "Reopened"},
      {"ARejectedSpecIsReopenedWithNews", 23, kReopenSpec, To(kRejected),
       By("ana", kReopenSpec, "what_is_new: 'It is cheaper.'"), "DRAFT", "Reopened"},
      {"AReviewerPullsAnAutomaticApprovalIn", 24, kPullIn, To(kAuto),
       By("chen", kPullIn, "reason: 'Look at the region.'"), "ASYNC_REVIEW",
       "AutoApprovalChallenged, DecisionStayed, ReviewOpened, ReviewersAssigned"},
      {"AFailedAuditBringsPeopleIn", 24, kRecordAudit,
       Then(To(kAuto), [](Scene& s) { s.now += absl::Hours(24 * 60); }),
       By("eli", kRecordAudit, "result: RESULT_HARMFUL text: 'It leaks.'"), "ASYNC_REVIEW",
       "AuditRecorded, AutoApprovalChallenged, DecisionStayed, ReviewOpened, ReviewersAssigned"},
      {"ABrokenEnvelopeBringsPeopleIn", 24, kBreachEnvelope, To(kAuto),
       By("system", kBreachEnvelope), "ASYNC_REVIEW",
       "AutoApprovalChallenged, DecisionStayed, ReviewOpened, ReviewersAssigned"},
      {"AnAbsentReviewerContestsTheMeeting", 25, kContestDecision, ApprovedByMeeting,
       By("fay", kContestDecision, "what_is_new: 'The vendor folded.'"), "QUEUED",
       "DecisionContested, DecisionStayed, Queued"},
      {"ATypoAfterTheDecisionIsEditorial", 26, kAddRevision, To(kApproved),
       NewRevision("bytes-2", kMinor), "APPROVED", "RevisionAdded, RulesEvaluated"},
      {"ARewriteAfterTheDecisionIsReviewed", 27, kAddRevision, To(kApproved),
       NewRevision("bytes-2"), "ASYNC_REVIEW",
       "RevisionAdded, RulesEvaluated, DecisionStayed, ReviewOpened, ReviewersAssigned"},
      {"ARewriteOfAStandardSpecIsApprovedAnew", 27, kAddRevision, To(kAuto), NewRevision("bytes-2"),
       "AUTO_APPROVED",
       "RevisionAdded, RulesEvaluated, DecisionStayed, AutoApproved, DecisionRecorded"},
      {"AFinalSuccessorSupersedes", 28, kSupersede, To(kApproved), By("system", kSupersede),
       "SUPERSEDED", "Superseded"},
      {"TheOutcomeIsTakenBackInTheMeeting", 29, kUndoOutcome, ApprovedByMeeting,
       By("kim", kUndoOutcome, "meeting: $M reason: 'Wrong item.'"), "SCHEDULED", "OutcomeUndone"},
      {"TheOutcomeIsTakenBackAfterTheMeeting", 29, kUndoOutcome,
       [](Scene& s) { ContinuedOutcome(s); s.CloseMeeting(); },
       By("kim", kUndoOutcome, "meeting: $M reason: 'Wrong item.'"), "QUEUED", "OutcomeUndone"},
      {"TheDecidedBytesLiftTheStay", 30, kAddRevision, RevisedAfterDecision, NewRevision("bytes-1"),
       "APPROVED", "RevisionAdded, RulesEvaluated, StayLifted"},
      {"ABotComments", 0, kAddComment, To(kAsync),
       By("ci", kAddComment, "text: 'All checks pass.'"), "ASYNC_REVIEW", "CommentAdded"},
      {"TheAuthorInvitesAReader", 0, kInviteReader, To(kDraft),
       By("ana", kInviteReader, "person: 'dee'"), "DRAFT", "ReaderInvited"},
      {"AReviewerRaisesABlock", 0, kRaiseConcern, To(kAsync),
       By("chen", kRaiseConcern,
           "title: 'keys' text: 'They leak.' criteria: 'They do not.' severity: SEVERITY_BLOCKING"),
       "ASYNC_REVIEW", "ConcernRaised"},
      {"TheInvitedAskQuestionsOfADraft", 0, kRaiseConcern,
       [](Scene& s) { s.PlayTo(kDraft); s.Must("ana", kInviteReader, "person: 'dee'"); },
       By("dee", kRaiseConcern, "title: 'keys' text: 'Where from?' severity: SEVERITY_QUESTION"),
       "DRAFT", "ConcernRaised"},
      {"TheAuthorAnswers", 0, kAnswerConcern, Blocked,
       By("ana", kAnswerConcern, "concern: 'keys' text: 'They do not.'"), "ASYNC_REVIEW",
       "ConcernAnswered"},
      {"TheRaiserResolves", 0, kResolveConcern, Blocked,
       By("fay", kResolveConcern, "concern: 'KEYS'"), "ASYNC_REVIEW", "ConcernResolved"},
      {"TheRaiserTakesItBack", 0, kWithdrawConcern, Blocked,
       By("fay", kWithdrawConcern, "concern: 'c1'"), "ASYNC_REVIEW", "ConcernWithdrawn"},
      {"TheRaiserMakesItAQuestion", 0, kChangeConcernSeverity, Blocked,
       By("fay", kChangeConcernSeverity, "concern: 'keys' severity: SEVERITY_QUESTION"),
       "ASYNC_REVIEW", "ConcernSeverityChanged"},
      {"TheSponsorOverrulesABlockInTheQueue", 0, kOverruleConcern,
       [](Scene& s) { s.PlayTo(kQueued); s.Block("fay"); },
       By("chen", kOverruleConcern, "concern: 'keys' reason: 'We accept it.'"), "QUEUED",
       "ConcernOverruled"},
      {"AReviewerNobodyAskedTakesAPosition", 0, kTakePosition, To(kAsync),
       By("chen", kTakePosition, "revision: 1 kind: KIND_NO_OBJECTION"), "ASYNC_REVIEW",
       "PositionTaken"},
      {"TheFacilitatorAsksSomebodyElse", 0, kAssignReviewer, To(kAsync),
       By("kim", kAssignReviewer, "person: 'dee'"), "ASYNC_REVIEW", "ReviewersAssigned"},
      {"TheFacilitatorReleasesAReviewer", 0, kReleaseReviewer, To(kAsync),
       By("lee", kReleaseReviewer, "person: 'fay' reason: 'Ill.'"), "ASYNC_REVIEW",
       "ReviewerReleased"},
      {"SomebodyElsePresents", 0, kSetPresenter, To(kScheduled),
       By("ana", kSetPresenter, "person: 'bo'"), "SCHEDULED", "PresenterSet"},
      {"NotBeforeADay", 0, kSetNotBefore, To(kQueued),
       By("ana", kSetNotBefore, "not_before { year: 2026 month: 12 day: 20 }"), "QUEUED",
       "NotBeforeSet"},
      {"TheSponsorSetsARuleAside", 0, kOverrideRule, RuleFired,
       By("chen", kOverrideRule, "rule: 'new-storage' reason: 'It is a copy.'"), "ASYNC_REVIEW",
       "RuleOverridden, RulesEvaluated, ReviewersAssigned"},
      {"TheFacilitatorAdoptsAStricterVerdict", 0, kReevaluateSpec,
       Then(To(kAsync), Says(kSyncMode)), By("kim", kReevaluateSpec), "ASYNC_REVIEW",
       "RulesEvaluated, ReviewersAssigned"},
      {"AnAuditElsewhereIsRecordedOnly", 0, kRecordAudit, To(kApproved),
       By("eli", kRecordAudit, "result: RESULT_HARMFUL text: 'Hm.'"), "APPROVED", "AuditRecorded"},
      {"TheOwnerMeetsACondition", 0, kMeetCondition, WithCondition,
       By("ana", kMeetCondition, "condition: 'k1' note: 'Done.'"), "APPROVED", "ConditionMet"},
      {"TheFacilitatorGivesAConditionTime", 0, kExtendCondition, WithCondition,
       By("kim", kExtendCondition, "condition: 'k1' due { year: 2027 month: 2 day: 1 }"),
       "APPROVED", "ConditionExtended"},
      {"TheWindowLapsesTheSilent", 0, kCloseWindow,
       [](Scene& s) { s.PlayTo(kAsync); s.Position("fay"); }, Timer("review.window"), "QUEUED",
       "ReviewerLapsed, ReviewWindowMoved, ReminderSent, Queued"},
      {"AnOldAnswerGoesToTheRoom", 0, kAgeAnswer,
       [](Scene& s) { BlockedAndWithAuthor(s); s.Answer(); s.Must("ana", kResubmitSpec); },
       Timer("review.answer-aged"), "QUEUED", "Queued"},
      {"TheSilentAreReminded", 0, kRemind, To(kAsync), Timer("review.half"), "ASYNC_REVIEW",
       "ReminderSent"},
      {"ADecisionBecomesFinal", 0, kMakeFinal, To(kAuto), Timer("decision.final"), "AUTO_APPROVED",
       "DecisionFinal"},
  };
  return stories;
}

class AcceptedTest : public ::testing::TestWithParam<Story> {};

TEST_P(AcceptedTest, LeadsWhereTheTableSays) {
  const Story& story = GetParam();
  Scene scene;
  story.before(scene);
  const absl::Status status = story.ask(scene);
  ASSERT_TRUE(status.ok()) << status.ToString();
  EXPECT_EQ(StateName(scene.state()), story.end);
  EXPECT_EQ(fmt::format("{}", fmt::join(scene.last, ", ")), story.says);
}

INSTANTIATE_TEST_SUITE_P(Row, AcceptedTest, ::testing::ValuesIn(Stories()),
                         [](const auto& each) { return each.param.name; });

TEST(AcceptedTest, EveryRowAndEveryInStateCommandHasAStory) {
  std::set<std::pair<int, CommandKind>> told;
  for (const Story& story : Stories()) told.insert({story.row, story.command});
  for (const Transition& transition : Transitions()) {
    EXPECT_EQ(told.count({transition.row, transition.command}), 1u)
        << "row " << transition.row << " " << CommandName(transition.command);
  }
}

}  // namespace
}  // namespace gavel
