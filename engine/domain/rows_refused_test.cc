// A story per row of lifecycle.md and per in-state command in which its guard, or its list of
// people, says no; and that the refusal tells a person what to do.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "engine/domain/names.h"
#include "engine/domain/planning/civil_date.h"
#include "engine/domain/testing/story.h"
#include "engine/domain/transition.h"

namespace gavel {
namespace {

using enum CommandKind;
using namespace testing;  // NOLINT: the stories are written in its words.
using ::testing::HasSubstr;

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
constexpr auto kSuperseded = v1::Spec::STATE_SUPERSEDED;

const char kPast[] = "deferral { waits_for: 'x' wake_date { year: 2026 month: 11 day: 30 } }";
const char kFar[] = "deferral { waits_for: 'x' wake_date { year: 2027 month: 12 day: 1 } }";

void Blocked(Scene& scene) {
  scene.PlayTo(kAsync);
  scene.Block("fay");
}

void BlockedInMeeting(Scene& scene) {
  InMeetingWithApprovals(scene);
  scene.Block("fay");
}

void NobodyCanReview(Scene& scene) {
  v1::Org org = AcmeOrg();
  for (const char* person : {"chen", "fay", "kim", "gus"}) {
    *PersonIn(org, person).mutable_left() = ToDate(absl::CivilDay(2026, 1, 1));
  }
  scene.organisation = MakeOrganisation(org);
  scene.Create();
}

// Nothing yet but what the document says.
void Unregistered(Scene& scene) {
  scene.spec.set_area(scene.facts.area());
  *scene.spec.mutable_authors() = scene.facts.authors();
}

const std::vector<Story>& Stories() {
  static const std::vector<Story> stories = {
      {"ABotRegistersNothing", 1, kCreateSpec, [](Scene& s) { s.spec.set_area("media"); },
       By("ci", kCreateSpec), "ROLE_MISSING", "`ci` is not among the authors"},
      {"NobodyRegistersInTheNameOfOthers", 1, kCreateSpec, Unregistered, By("kim", kCreateSpec),
       "ROLE_MISSING", "`kim` is not among the authors of this document (`ana`)"},
      {"ABotThatIsNamedAnAuthorRegistersNothing", 1, kCreateSpec,
       Then(Unregistered, [](Scene& s) { s.spec.add_authors("ci"); }), By("ci", kCreateSpec),
       "ROLE_MISSING", "may be used by: author"},
      {"TheSameBytesAreNoRevision", 2, kAddRevision, To(kDraft), NewRevision("bytes-1"),
       "GUARD_FAILED", "the bytes equal the current revision's"},
      {"ASpecInTheRoomIsFrozen", 2, kAddRevision, To(kInMeeting), NewRevision("bytes-2"),
       "STATE_NOT_ALLOWED", "MEDIA-1 is in IN_MEETING"},
      {"ASyncSpecStaysQueued", 2, kReroute, To(kQueued), By("system", kReroute), "GUARD_FAILED",
       "it still needs the room"},
      {"NobodySubmitsForTheAuthor", 3, kSubmitSpec, To(kDraft), By("kim", kSubmitSpec),
       "ROLE_MISSING", "`kim` is none of these here"},
      {"AnEngagedSpecIsNotForARule", 4, kReroute,
       Then([](Scene& s) { s.PlayTo(kAsync); s.Position("fay"); }, Says(kAutoMode)),
       By("system", kReroute), "GUARD_FAILED", "no rule may approve it"},
      {"ASpecNobodyCanReviewIsNotSubmitted", 5, kRoute, NobodyCanReview, By("ana", kSubmitSpec),
       "NO_ELIGIBLE_REVIEWER", "Name a reviewer"},
      {"ACleanVerdictReturnsNothing", 6, kReroute, To(kAsync), By("system", kReroute),
       "GUARD_FAILED", "no rule may approve it"},
      {"WithoutABlockNobodyAsksForChanges", 7, kRequestChanges, To(kAsync),
       By("kim", kRequestChanges, "reason: 'x'"), "GUARD_FAILED", "no blocking concern is open"},
      {"AnIncompleteReviewSettlesNowhere", 7, kSettle, Blocked, By("system", kSettle),
       "GUARD_FAILED", "does not lead there"},
      {"AnUnansweredBlockKeepsItWithTheAuthor", 8, kResubmitSpec,
       [](Scene& s) { Blocked(s); s.Must("kim", kRequestChanges, "reason: 'x'"); },
       By("ana", kResubmitSpec), "GUARD_FAILED", "the blocking concern \"keys\" has no answer"},
      {"ARevisionFromBeforeTheRequestIsNoAnswer", 8, kResubmitSpec,
       [](Scene& s) {
         s.PlayTo(kAsync);
         EXPECT_TRUE(s.Revise("bytes-2").ok());
         s.Block("fay");
         s.Must("kim", kRequestChanges, "reason: 'x'");
       },
       By("ana", kResubmitSpec), "GUARD_FAILED", "there is no new revision"},
      {"WhatTheRulesQueuedIsNotSettledByApprovals", 9, kSettle,
       [](Scene& s) { s.Create(); s.Submit(kSyncMode); s.Position("fay"); s.Position("kim"); },
       By("system", kSettle), "GUARD_FAILED", "queued for another reason"},
      {"AnOpenReviewIsNotQueued", 10, kSettle, To(kAsync), By("system", kSettle), "GUARD_FAILED",
       "does not lead there"},
      {"AMeetingIsAskedForWithAReason", 11, kRequestMeeting, To(kAsync), By("ana", kRequestMeeting),
       "FIELD_INVALID", "reason"},
      {"AnUndisputedBlockNeedsNoRoom", 11, kRequestMeeting,
       [](Scene& s) { Blocked(s); s.Must("kim", kRequestChanges, "reason: 'x'"); s.Answer(); },
       By("ana", kRequestMeeting, "reason: 'x'"), "GUARD_FAILED", "is disputed in its answer"},
      {"NobodyAssignsASlotByHand", 12, kAssignSlot, To(kQueued), By("kim", kAssignSlot),
       "ROLE_MISSING", "system"},
      {"AFrozenMeetingTakesNoPins", 12, kPinToMeeting,
       Then(To(kQueued), [](Scene& s) { s.Freeze(); }),
       By("kim", kPinToMeeting, "meeting: $M reason: 'x'"), "GUARD_FAILED",
       "frozen, over, or of another area"},
      {"APinSaysWhy", 12, kPinToMeeting, To(kQueued), By("kim", kPinToMeeting, "meeting: $M"),
       "FIELD_INVALID", "reason"},
      {"AReleaseSaysWhy", 13, kReleaseSlot, To(kScheduled), By("kim", kReleaseSlot, "meeting: $M"),
       "FIELD_INVALID", "reason"},
      {"AReleaseNamesItsMeeting", 13, kReleaseSlot, To(kScheduled),
       By("kim", kReleaseSlot, "meeting: 'x' reason: 'x'"), "GUARD_FAILED",
       "it is on 2026-12-10-media, not on x"},
      {"ALiveMeetingIsNotRunAwayFrom", 14, kPullBackSpec,
       [](Scene& s) { s.PlayTo(kScheduled); s.Freeze(); s.OpenMeeting(); },
       By("ana", kPullBackSpec), "GUARD_FAILED", "its meeting is live"},
      {"ANewCutOffCountsOnlyInTheQueue", 14, kPullBackIneligible, To(kScheduled),
       By("system", kPullBackIneligible), "STATE_NOT_ALLOWED", "SCHEDULED"},
      {"NoItemBeforeTheMeeting", 15, kOpenItem, Then(To(kScheduled), [](Scene& s) { s.Freeze(); }),
       By("kim", kOpenItem, "meeting: $M"), "GUARD_FAILED", "its meeting is not live"},
      {"NoItemWithoutItsPresenter", 15, kOpenItem,
       [](Scene& s) {
         s.PlayTo(kScheduled);
         s.Freeze();
         s.OpenMeeting();
         s.meeting.add_attendance()->set_person("kim");
       },
       By("kim", kOpenItem, "meeting: $M"), "GUARD_FAILED", "nor a delegate is there"},
      {"OneItemAtATime", 15, kOpenItem,
       [](Scene& s) {
         s.PlayTo(kScheduled);
         s.Freeze();
         s.OpenMeeting();
         v1::Slot& other = *s.meeting.add_slots();
         other.set_spec("MEDIA-2");
         other.set_state(v1::Slot::STATE_OPEN);
       },
       By("kim", kOpenItem, "meeting: $M"), "GUARD_FAILED", "MEDIA-2 is open"},
      {"AGateWithoutAnApprovalDoesNotPass", 16, kRecordOutcome, To(kInMeeting),
       By("kim", kRecordOutcome, "meeting: $M kind: KIND_APPROVE rationale: 'x'"), "GUARD_FAILED",
       "the gate area:media has no fresh approval"},
      {"ABlockDoesNotPass", 16, kRecordOutcome, BlockedInMeeting,
       By("kim", kRecordOutcome, "meeting: $M kind: KIND_APPROVE rationale: 'x'"), "GUARD_FAILED",
       "the blocking concern \"keys\" is open"},
      {"AFacilitatorOverrulesNobody", 16, kRecordOutcome, BlockedInMeeting,
       By("kim", kRecordOutcome, "meeting: $M kind: KIND_APPROVE rationale: 'x' overrule: true"),
       "GUARD_FAILED", "or the sponsor overrules it"},
      {"ASponsorRecordsOnlyWhatTheyOverrule", 16, kRecordOutcome, InMeetingWithApprovals,
       By("chen", kRecordOutcome, "meeting: $M kind: KIND_APPROVE rationale: 'x'"), "GUARD_FAILED",
       "the sponsor records only"},
      {"ADecisionHasARationale", 16, kRecordOutcome, InMeetingWithApprovals,
       By("kim", kRecordOutcome, "meeting: $M kind: KIND_APPROVE"), "FIELD_INVALID", "rationale"},
      {"NobodyDecidesOnTheirOwnSpec", 16, kRecordOutcome,
       [](Scene& s) {
         s.facts.clear_authors();
         s.facts.add_authors("ana");
         s.facts.add_authors("lee");
         InMeetingWithApprovals(s);
       },
       By("lee", kRecordOutcome, "meeting: $M kind: KIND_APPROVE rationale: 'x'"), "OWN_SPEC",
       "lee is an author of MEDIA-1"},
      {"AnItemGoesOnOnce", 17, kRecordOutcome,
       [](Scene& s) { s.PlayTo(kInMeeting); s.Outcome("CONTINUE"); s.Schedule(); s.OpenItem(); },
       By("kim", kRecordOutcome, "meeting: $M kind: KIND_CONTINUE rationale: 'x'"), "GUARD_FAILED",
       "a session of its own"},
      {"TheRoomParksForAYearAtMost", 17, kRecordOutcome, To(kInMeeting),
       By("kim", kRecordOutcome,
           "meeting: $M kind: KIND_DEFER rationale: 'x' deferral { waits_for: 'x' wake_date { "
           "year: 2028 month: 3 day: 1 } }"), "GUARD_FAILED", "within the next 12 months"},
      {"TheRoomNamesTheDay", 17, kRecordOutcome, To(kInMeeting),
       By("kim", kRecordOutcome,
           "meeting: $M kind: KIND_DEFER rationale: 'x' deferral { waits_for: 'x' }"),
       "FIELD_INVALID", "deferral.wake_date"},
      {"AnOutcomeHasAKind", 17, kRecordOutcome, To(kInMeeting),
       By("kim", kRecordOutcome, "meeting: $M rationale: 'x'"), "FIELD_INVALID", "kind"},
      {"AnItemThatIsNotOpenDoesNotOverrun", 18, kEndOverrun, To(kScheduled),
       By("system", kEndOverrun), "STATE_NOT_ALLOWED", "SCHEDULED"},
      {"TheSponsorWaitsForTheAuthor", 19, kRejectSpec, To(kAsync),
       By("chen", kRejectSpec, "rationale: 'x'"), "GUARD_FAILED",
       "5 business days have not passed"},
      {"ARejectionHasARationale", 19, kRejectSpec,
       Then(To(kAsync), [](Scene& s) { s.now += absl::Hours(24 * 8); }), By("chen", kRejectSpec),
       "FIELD_INVALID", "rationale"},
      {"ASpecInTheRoomIsNotWithdrawn", 20, kWithdrawSpec, To(kInMeeting), By("ana", kWithdrawSpec),
       "STATE_NOT_ALLOWED", "IN_MEETING"},
      {"OnlyWhatWaitsForItsAuthorGoesStale", 20, kWithdrawStale, To(kAsync),
       By("system", kWithdrawStale), "STATE_NOT_ALLOWED", "ASYNC_REVIEW"},
      {"ADeferralLiesAhead", 21, kDeferSpec, To(kAsync), By("ana", kDeferSpec, kPast),
       "GUARD_FAILED", "within the next 12 months"},
      {"ADeferralIsForAYearAtMost", 21, kDeferSpec, To(kAsync), By("ana", kDeferSpec, kFar),
       "GUARD_FAILED", "within the next 12 months"},
      {"ADeferralSaysWhatItWaitsFor", 21, kDeferSpec, To(kAsync),
       By("ana", kDeferSpec, "deferral { wake_date { year: 2027 month: 1 day: 4 } }"),
       "FIELD_INVALID", "deferral.waits_for"},
      {"ADeferralNamesADayThatExists", 21, kDeferSpec, To(kAsync),
       By("ana", kDeferSpec,
           "deferral { waits_for: 'x' wake_date { year: 2027 month: 2 day: 30 } }"),
       "FIELD_INVALID", "deferral.wake_date"},
      {"ADeferralNamesAPersonWhoExists", 21, kDeferSpec, To(kAsync),
       By("ana", kDeferSpec,
           "deferral { waits_for: 'x' person: 'nils' wake_date { year: 2027 month: 1 day: 4 } }"),
       "FIELD_INVALID", "`nils`"},
      {"AReviewerDoesNotResume", 22, kResumeSpec, To(kDeferred), By("fay", kResumeSpec),
       "ROLE_MISSING", "author, facilitator"},
      {"OnlyTheDeferredWake", 22, kWake, To(kAsync), By("system", kWake), "STATE_NOT_ALLOWED",
       "ASYNC_REVIEW"},
      {"AfterARejectionThereIsNews", 23, kReopenSpec, To(kRejected), By("ana", kReopenSpec),
       "GUARD_FAILED", "`what_is_new`"},
      {"AnApprovalIsPulledInWithinItsWindow", 24, kPullIn,
       Then(To(kAuto), [](Scene& s) { s.now += absl::Hours(24 * 2); }),
       By("fay", kPullIn, "reason: 'x'"), "GUARD_FAILED", "the objection window is over"},
      {"AFailedAuditSaysWhy", 24, kRecordAudit, To(kAuto),
       By("eli", kRecordAudit, "result: RESULT_HARMFUL"), "FIELD_INVALID", "text"},
      {"OnlyAutomaticApprovalsHaveAnEnvelope", 24, kBreachEnvelope, To(kApproved),
       By("system", kBreachEnvelope), "STATE_NOT_ALLOWED", "APPROVED"},
      {"WhoWasThereDoesNotContest", 25, kContestDecision,
       [](Scene& s) {
         InMeetingWithApprovals(s);
         s.meeting.add_attendance()->set_person("fay");
         s.Outcome("APPROVE");
       },
       By("fay", kContestDecision, "what_is_new: 'x'"), "GUARD_FAILED", "who was absent"},
      {"ADayLaterItIsTooLateToContest", 25, kContestDecision,
       Then(ApprovedByMeeting, [](Scene& s) { s.now += absl::Hours(24); }),
       By("fay", kContestDecision, "what_is_new: 'x'"), "GUARD_FAILED", "to contest is over"},
      {"ReviewersDoNotContestThemselves", 25, kContestDecision, To(kApproved),
       By("fay", kContestDecision, "what_is_new: 'x'"), "GUARD_FAILED",
       "not approved by a meeting"},
      {"TheDecidedBytesAreNoRevision", 26, kAddRevision, To(kApproved), NewRevision("bytes-1"),
       "GUARD_FAILED", "the bytes equal"},
      {"NobodyRevisesForTheAuthor", 27, kAddRevision, To(kApproved),
       [](Scene& s) { return s.Revise("bytes-2", {}, "bo"); }, "ROLE_MISSING", "author"},
      {"ASupersededSpecIsNotRevised", 27, kAddRevision, To(kSuperseded), NewRevision("bytes-2"),
       "STATE_NOT_ALLOWED", "SUPERSEDED"},
      {"OnlyADecidedSpecIsSuperseded", 28, kSupersede, To(kAsync), By("system", kSupersede),
       "STATE_NOT_ALLOWED", "ASYNC_REVIEW"},
      {"AfterTenMinutesAnOutcomeStands", 29, kUndoOutcome,
       Then(ApprovedByMeeting, [](Scene& s) { s.now += absl::Minutes(10); }),
       By("kim", kUndoOutcome, "meeting: $M reason: 'x'"), "GUARD_FAILED",
       "10 minutes have passed"},
      {"OnlyTheRecorderTakesItBack", 29, kUndoOutcome, ApprovedByMeeting,
       By("lee", kUndoOutcome, "meeting: $M reason: 'x'"), "GUARD_FAILED",
       "only @kim, who recorded it"},
      {"WhatMovedOnIsNotUndone", 29, kUndoOutcome,
       [](Scene& s) {
         s.PlayTo(kInMeeting);
         s.Outcome("REVISE");
         s.Must("ana", kWithdrawSpec);
         s.Must("ana", kReopenSpec);
         s.Submit();
         s.Queue();
       },
       By("kim", kUndoOutcome, "meeting: $M reason: 'x'"), "GUARD_FAILED",
       "no outcome led to its present state"},
      {"OtherBytesLiftNoStay", 30, kAddRevision,
       [](Scene& s) { s.PlayTo(kAuto); s.Must("chen", kPullIn, "reason: 'x'"); },
       NewRevision("bytes-1"), "GUARD_FAILED", "the bytes equal the current revision's"},
      {"AnEmptyCommentIsNone", 0, kAddComment, To(kDraft), By("ana", kAddComment), "FIELD_INVALID",
       "text"},
      {"OnlyPeopleAreInvited", 0, kInviteReader, To(kDraft),
       By("ana", kInviteReader, "person: 'ci'"), "PERSON_NOT_FOUND", "`ci`"},
      {"ABlockSaysWhatWouldResolveIt", 0, kRaiseConcern, To(kAsync),
       By("fay", kRaiseConcern, "title: 'a' text: 'b' severity: SEVERITY_BLOCKING"),
       "FIELD_INVALID", "criteria"},
      {"TheInvitedDoNotBlock", 0, kRaiseConcern,
       [](Scene& s) { s.PlayTo(kAsync); s.Must("ana", kInviteReader, "person: 'dee'"); },
       By("dee", kRaiseConcern, "title: 'a' text: 'b' criteria: 'c' severity: SEVERITY_BLOCKING"),
       "ROLE_MISSING", "reviewer"},
      {"AConcernHasItsOwnTitle", 0, kRaiseConcern, Blocked,
       By("kim", kRaiseConcern, "title: 'Keys' text: 'b' severity: SEVERITY_NOTE"), "FIELD_INVALID",
       "taken by another concern"},
      {"AnAnswerNamesAConcern", 0, kAnswerConcern, Blocked,
       By("ana", kAnswerConcern, "concern: 'disks' text: 'x'"), "PART_NOT_FOUND",
       "There: c1 \"keys\""},
      {"AClosedConcernIsNotAnswered", 0, kAnswerConcern,
       [](Scene& s) { Blocked(s); s.Must("fay", kResolveConcern, "concern: 'keys'"); },
       By("ana", kAnswerConcern, "concern: 'keys' text: 'x'"), "GUARD_FAILED",
       "AnswerConcern is not possible"},
      {"TheAuthorResolvesNothing", 0, kResolveConcern, Blocked,
       By("ana", kResolveConcern, "concern: 'keys'"), "ROLE_MISSING", "only @fay"},
      {"NobodyElseWithdrawsAConcern", 0, kWithdrawConcern, Blocked,
       By("kim", kWithdrawConcern, "concern: 'keys'"), "ROLE_MISSING", "only @fay"},
      {"AFreshConcernIsNotDowngradedByTheFacilitator", 0, kChangeConcernSeverity,
       [](Scene& s) { Blocked(s); s.Answer(); },
       By("kim", kChangeConcernSeverity, "concern: 'keys' severity: SEVERITY_NOTE"), "ROLE_MISSING",
       "only @fay"},
      {"AnOverruledConcernSaysWhy", 0, kOverruleConcern,
       [](Scene& s) { s.PlayTo(kQueued); s.Block("fay"); },
       By("chen", kOverruleConcern, "concern: 'keys'"), "FIELD_INVALID", "reason"},
      {"APositionNamesARevisionThatExists", 0, kTakePosition, To(kAsync),
       By("fay", kTakePosition, "revision: 2 kind: KIND_APPROVE"), "FIELD_INVALID",
       "must be 1 to 1"},
      {"AnAuthorTakesNoPosition", 0, kTakePosition, To(kAsync),
       By("ana", kTakePosition, "revision: 1 kind: KIND_APPROVE"), "OWN_SPEC", "ana"},
      {"ABotIsNoReviewer", 0, kTakePosition, To(kAsync),
       By("ci", kTakePosition, "revision: 1 kind: KIND_APPROVE"), "ROLE_MISSING", "reviewer"},
      {"OnlyAnApprovalHasConditions", 0, kTakePosition, To(kAsync),
       By("fay", kTakePosition, "revision: 1 kind: KIND_ABSTAIN conditions: 'x'"), "FIELD_INVALID",
       "conditions"},
      {"AnAuthorIsNotAssigned", 0, kAssignReviewer, To(kAsync),
       By("kim", kAssignReviewer, "person: 'ana'"), "OWN_SPEC", "ana"},
      {"OnlyReviewersAreReleased", 0, kReleaseReviewer, To(kAsync),
       By("kim", kReleaseReviewer, "person: 'dee'"), "PART_NOT_FOUND", "There: fay, kim"},
      {"APresenterExists", 0, kSetPresenter, To(kAsync), By("ana", kSetPresenter, "person: 'nils'"),
       "PERSON_NOT_FOUND", "`nils`"},
      {"ADayExists", 0, kSetNotBefore, To(kAsync),
       By("ana", kSetNotBefore, "not_before { year: 2026 month: 2 day: 30 }"), "FIELD_INVALID",
       "not_before"},
      {"ARuleThatDidNotFireIsNotSetAside", 0, kOverrideRule, To(kAsync),
       By("chen", kOverrideRule, "rule: 'new-storage' reason: 'x'"), "GUARD_FAILED",
       "new-storage is not in the verdict"},
      {"AnEqualVerdictIsNotStricter", 0, kReevaluateSpec, To(kAsync), By("kim", kReevaluateSpec),
       "GUARD_FAILED", "not stricter"},
      {"ALooserVerdictIsNotAdopted", 0, kReevaluateSpec,
       [](Scene& s) {
         s.Create();
         s.Submit(kSyncMode);
         s.verdict = VerdictOf(kAsyncMode);
         s.verdict.add_areas("security");
       },
       By("kim", kReevaluateSpec), "GUARD_FAILED", "not stricter"},
      {"AnAuditHasAResult", 0, kRecordAudit, To(kDraft), By("eli", kRecordAudit), "FIELD_INVALID",
       "result"},
      {"OnlyItsOwnerMeetsACondition", 0, kMeetCondition,
       [](Scene& s) {
         s.PlayTo(kAsync);
         s.Must("fay", kTakePosition, "revision: 1 kind: KIND_APPROVE conditions: 'x'");
         s.Position("kim");
       },
       By("fay", kMeetCondition, "condition: 'k1'"), "ROLE_MISSING", "Only @ana"},
      {"AConditionIsOneOfTheDecisions", 0, kExtendCondition, To(kApproved),
       By("kim", kExtendCondition, "condition: 'k1' due { year: 2027 month: 2 day: 1 }"),
       "PART_NOT_FOUND", "no condition `k1`"},
      {"NobodyClosesTheWindowByHand", 0, kCloseWindow, To(kAsync), By("kim", kCloseWindow),
       "ROLE_MISSING", "system"},
      {"AnAnswerAgesUnderReview", 0, kAgeAnswer, To(kChanges), By("system", kAgeAnswer),
       "STATE_NOT_ALLOWED", "CHANGES_REQUESTED"},
      {"NobodyRemindsByHand", 0, kRemind, To(kAsync), By("kim", kRemind), "ROLE_MISSING", "system"},
      {"OnlyADecisionBecomesFinal", 0, kMakeFinal, To(kAsync), By("system", kMakeFinal),
       "STATE_NOT_ALLOWED", "ASYNC_REVIEW"},
  };
  return stories;
}

class RefusedTest : public ::testing::TestWithParam<Story> {};

TEST_P(RefusedTest, SaysWhyAndChangesNothing) {
  const Story& story = GetParam();
  Scene scene;
  story.before(scene);
  const std::string before = scene.spec.SerializeAsString();
  const absl::Status status = story.ask(scene);
  EXPECT_EQ(Reason(status), story.end) << status.ToString();
  EXPECT_THAT(status.ToString(), HasSubstr(story.says));
  EXPECT_EQ(scene.spec.SerializeAsString(), before);
}

INSTANTIATE_TEST_SUITE_P(Row, RefusedTest, ::testing::ValuesIn(Stories()),
                         [](const auto& each) { return each.param.name; });

TEST(RefusedTest, EveryRowAndEveryInStateCommandHasAStory) {
  std::set<int> rows;
  std::set<CommandKind> in_state;
  for (const Story& story : Stories()) {
    rows.insert(story.row);
    if (story.row == 0) in_state.insert(story.command);
  }
  for (const Transition& transition : Transitions()) {
    EXPECT_EQ(rows.count(transition.row), 1u) << "row " << transition.row;
    if (transition.row != 0) continue;
    EXPECT_EQ(in_state.count(transition.command), 1u) << CommandName(transition.command);
  }
}

}  // namespace
}  // namespace gavel
