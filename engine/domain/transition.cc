// The transition table of the lifecycle. Row numbers are those of docs/lifecycle.md; row 0 holds
// the commands that do not move the spec. Rows of one command are tried from top to bottom.

#include "engine/domain/transition.h"

#include <array>
#include <set>

#include "engine/domain/effects.h"
#include "engine/domain/guards.h"

namespace gavel {
namespace {

using enum CommandKind;

constexpr StateSet kNoSpec = In(v1::Spec::STATE_UNSPECIFIED);
constexpr StateSet kDraft = In(v1::Spec::STATE_DRAFT);
constexpr StateSet kAsync = In(v1::Spec::STATE_ASYNC_REVIEW);
constexpr StateSet kChanges = In(v1::Spec::STATE_CHANGES_REQUESTED);
constexpr StateSet kQueued = In(v1::Spec::STATE_QUEUED);
constexpr StateSet kScheduled = In(v1::Spec::STATE_SCHEDULED);
constexpr StateSet kInMeeting = In(v1::Spec::STATE_IN_MEETING);
constexpr StateSet kAuto = In(v1::Spec::STATE_AUTO_APPROVED);
constexpr StateSet kApproved = In(v1::Spec::STATE_APPROVED);
constexpr StateSet kRejected = In(v1::Spec::STATE_REJECTED);
constexpr StateSet kDeferred = In(v1::Spec::STATE_DEFERRED);
constexpr StateSet kWithdrawn = In(v1::Spec::STATE_WITHDRAWN);
constexpr StateSet kSuperseded = In(v1::Spec::STATE_SUPERSEDED);

constexpr StateSet kOpen = kAsync | kChanges | kQueued | kScheduled | kInMeeting;
constexpr StateSet kOpenOutside = kOpen & ~kInMeeting;
constexpr StateSet kEvery = kDraft | kOpen | kAuto | kApproved | kRejected | kDeferred |
                            kWithdrawn | kSuperseded;
constexpr StateSet kRouted = kAuto | kAsync | kChanges;
constexpr StateSet kStays = 0;

constexpr RoleSet kAuthor = role::kAuthor;
constexpr RoleSet kFacilitator = role::kFacilitator;
constexpr RoleSet kSponsor = role::kSponsor;
constexpr RoleSet kSystem = role::kSystem;
constexpr RoleSet kReviewer = role::kReviewer;
constexpr RoleSet kAnyone = role::kMember;
constexpr RoleSet kReviewerOrInvited = role::kReviewer | role::kInvited | role::kRequiredReviewer;

// clang-format off
const std::array kTransitions = std::to_array<Transition>({
  // Row, from, command, who, guard,
  //  to, events, effect.
  {1, kNoSpec, kCreateSpec, kAuthor, guard::kNone,
   kDraft, "SpecCreated, RevisionAdded, RulesEvaluated", CreateSpec},

  {30, kAsync | kChanges, kAddRevision, kAuthor, guard::kRevertsToDecided,
   kApproved | kAuto, "RevisionAdded, StayLifted", RevertToDecided},
  {2, kDraft | kChanges | kDeferred, kAddRevision, kAuthor, guard::kContentDiffers,
   kStays, "RevisionAdded, RulesEvaluated", StoreRevision},
  {2, kAsync, kAddRevision, kAuthor, guard::kContentDiffers,
   kAsync | kAuto | kChanges, "RevisionAdded, RulesEvaluated", ReviseInReview},
  {2, kQueued, kAddRevision, kAuthor, guard::kContentDiffers,
   kQueued | kChanges | kAsync, "RevisionAdded, RulesEvaluated", ReviseQueued},
  {2, kScheduled, kAddRevision, kAuthor, guard::kContentDiffers,
   kScheduled | kQueued | kChanges | kAsync, "RevisionAdded, RulesEvaluated", ReviseScheduled},
  {26, kApproved | kAuto, kAddRevision, kAuthor, guard::kEditorial,
   kStays, "RevisionAdded(EDITORIAL), RulesEvaluated", ReviseEditorially},
  {27, kApproved | kAuto, kAddRevision, kAuthor, guard::kContentDiffers,
   kRouted, "RevisionAdded(MAJOR), RulesEvaluated, DecisionStayed", ReviseDecided},

  {3, kDraft, kSubmitSpec, kAuthor, guard::kNone,
   kRouted, "SpecSubmitted, RulesEvaluated", Submit},
  {8, kChanges, kResubmitSpec, kAuthor, guard::kAnsweredOrRevised,
   kRouted, "Resubmitted, RulesEvaluated", Resubmit},
  {22, kDeferred, kResumeSpec, kAuthor | kFacilitator, guard::kNone,
   kRouted, "Resumed, RulesEvaluated", Resume},
  {22, kDeferred, kWake, kSystem, guard::kNone,
   kRouted, "Resumed, RulesEvaluated", Wake},

  {6, kDraft | kChanges | kDeferred | kApproved | kAuto, kRoute, kSystem, guard::kAuthorGate,
   kChanges, "ReturnedToAuthor", ReturnToAuthor},
  {4, kDraft | kChanges | kDeferred | kApproved | kAuto, kRoute, kSystem, guard::kMayAutoApprove,
   kAuto, "AutoApproved, DecisionRecorded(RULE)", AutoApprove},
  {5, kDraft | kChanges | kDeferred | kApproved | kAuto, kRoute, kSystem, guard::kGateOk,
   kAsync, "ReviewOpened, ReviewersAssigned", OpenReview},
  {6, kAsync | kQueued, kReroute, kSystem, guard::kAuthorGate,
   kChanges, "ReturnedToAuthor", ReturnToAuthor},
  {4, kAsync, kReroute, kSystem, guard::kMayAutoApprove,
   kAuto, "AutoApproved, DecisionRecorded(RULE)", AutoApprove},
  {2, kQueued, kReroute, kSystem, guard::kNoLongerSync,
   kAsync, "ReviewOpened, ReviewersAssigned", OpenReview},

  {7, kAsync, kSettle, kSystem, guard::kSettlesToChanges,
   kChanges, "ChangesRequested", SettleToChanges},
  {10, kAsync, kSettle, kSystem, guard::kSettlesToQueue,
   kQueued, "Queued", SettleToQueue},
  {9, kAsync, kSettle, kSystem, guard::kSettlesToApproved,
   kApproved, "DecisionRecorded(ASYNC)", SettleToApproved},
  {9, kQueued, kSettle, kSystem, guard::kQueuedSettlesToApproved,
   kApproved, "DecisionRecorded(ASYNC)", SettleToApproved},

  {7, kAsync, kRequestChanges, role::kRequiredReviewer | kFacilitator, guard::kBlockOpen,
   kChanges, "ChangesRequested", RequestChanges},
  {11, kAsync, kRequestMeeting, kAuthor | kFacilitator, guard::kGivesReason,
   kQueued, "Queued(REQUESTED)", RequestMeeting},
  {11, kChanges, kRequestMeeting, kAuthor | kFacilitator, guard::kBlockDisputed,
   kQueued, "Queued(REQUESTED)", RequestMeeting},

  {12, kQueued, kAssignSlot, kSystem, guard::kPlanned,
   kScheduled, "SlotAssigned", AssignSlot},
  {12, kQueued, kPinToMeeting, kFacilitator, guard::kBeforeFreeze,
   kScheduled, "SlotAssigned", AssignSlot},
  {13, kScheduled, kReleaseSlot, kFacilitator | role::kPresenter | kSystem, guard::kGivesReason,
   kQueued, "SlotReleased", ReleaseSlot},
  {13, kInMeeting, kReleaseSlot, kSystem, guard::kQuickItem,
   kQueued, "SlotReleased", ReleaseSlot},
  {14, kQueued | kScheduled, kPullBackSpec, kAuthor, guard::kMeetingNotLive,
   kChanges, "SlotReleased, PulledBack", PullBack},
  {14, kQueued, kPullBackIneligible, kSystem, guard::kThreeCutOffs,
   kChanges, "PulledBack", PullBack},
  {15, kScheduled, kOpenItem, kFacilitator, guard::kItemMayOpen,
   kInMeeting, "ItemOpened", OpenItem},
  {16, kInMeeting, kRecordOutcome, kSponsor, guard::kMayOverruleInMeeting,
   kApproved, "ConcernOverruled, DecisionRecorded(SPONSOR)", DecideInMeeting},
  {16, kInMeeting, kRecordOutcome, kFacilitator, guard::kMayDecideInMeeting,
   kApproved | kRejected, "DecisionRecorded(MEETING or SPONSOR)", DecideInMeeting},
  {17, kInMeeting, kRecordOutcome, kFacilitator, guard::kOtherOutcome,
   kQueued | kChanges | kDeferred, "OutcomeRecorded", RecordOtherOutcome},
  {18, kInMeeting, kEndOverrun, kSystem, guard::kNone,
   kQueued, "ItemOverran", EndOverrun},
  {19, kAsync | kChanges, kRejectSpec, kSponsor, guard::kMayReject,
   kRejected, "DecisionRecorded(SPONSOR)", Reject},
  {20, kDraft | kDeferred | kOpenOutside, kWithdrawSpec, kAuthor, guard::kNone,
   kWithdrawn, "SlotReleased, Withdrawn", Withdraw},
  {20, kChanges, kWithdrawStale, kSystem, guard::kNone,
   kWithdrawn, "Withdrawn", WithdrawStale},
  {21, kAsync | kChanges | kQueued, kDeferSpec, kAuthor | kFacilitator, guard::kWithinYear,
   kDeferred, "Deferred", Defer},
  {23, kWithdrawn | kRejected, kReopenSpec, kAuthor, guard::kSaysWhatIsNew,
   kDraft, "Reopened", Reopen},
  {24, kAuto, kPullIn, kReviewer, guard::kWithinObjection,
   kAsync, "AutoApprovalChallenged, DecisionStayed", PullIn},
  {24, kAuto, kRecordAudit, role::kAuditor, guard::kAuditFails,
   kAsync, "AuditRecorded, AutoApprovalChallenged, DecisionStayed", FailAudit},
  {24, kAuto, kBreachEnvelope, kSystem, guard::kGivesReason,
   kAsync, "AutoApprovalChallenged, DecisionStayed", BreachEnvelope},
  {25, kApproved, kContestDecision, role::kRequiredReviewer, guard::kMayContest,
   kQueued, "DecisionContested, DecisionStayed", Contest},
  {28, kApproved | kAuto, kSupersede, kSystem, guard::kNone,
   kSuperseded, "Superseded", Supersede},
  {29, kApproved | kRejected | kQueued | kChanges | kDeferred, kUndoOutcome,
   kFacilitator | kSponsor, guard::kMayUndo,
   kScheduled | kQueued, "OutcomeUndone", UndoOutcome},

  {0, kEvery, kAddComment, kAnyone | role::kViewer, guard::kNone,
   kStays, "CommentAdded", AddComment},
  {0, kEvery, kInviteReader, kAuthor, guard::kNone,
   kStays, "ReaderInvited", InviteReader},
  {0, kDraft | kOpen, kRaiseConcern, kReviewerOrInvited, guard::kNone,
   kStays, "ConcernRaised", RaiseConcern},
  {0, kDraft | kOpen, kAnswerConcern, kAuthor, guard::kNone,
   kStays, "ConcernAnswered", AnswerConcern},
  {0, kDraft | kOpen, kResolveConcern, kAnyone, guard::kNone,
   kStays, "ConcernResolved", ResolveConcern},
  {0, kDraft | kOpen, kWithdrawConcern, kAnyone, guard::kNone,
   kStays, "ConcernWithdrawn", WithdrawConcern},
  {0, kDraft | kOpen, kChangeConcernSeverity, kAnyone, guard::kNone,
   kStays, "ConcernSeverityChanged", ChangeConcernSeverity},
  {0, kQueued | kScheduled | kInMeeting, kOverruleConcern, kSponsor, guard::kNone,
   kStays, "ConcernOverruled", OverruleConcern},
  {0, kOpen, kTakePosition, kReviewer | role::kRequiredReviewer, guard::kNone,
   kStays, "PositionTaken", TakePosition},
  {0, kOpenOutside, kAssignReviewer, kFacilitator, guard::kNone,
   kStays, "ReviewersAssigned", AssignReviewer},
  {0, kOpenOutside, kReleaseReviewer, kFacilitator, guard::kNone,
   kStays, "ReviewerReleased", ReleaseReviewer},
  {0, kOpenOutside, kSetPresenter, kAuthor | kFacilitator, guard::kNone,
   kStays, "PresenterSet", SetPresenter},
  {0, kOpenOutside, kSetNotBefore, kAuthor | kFacilitator, guard::kNone,
   kStays, "NotBeforeSet", SetNotBefore},
  {0, kAsync | kChanges | kQueued, kOverrideRule, kSponsor, guard::kRuleFired,
   kStays, "RuleOverridden, RulesEvaluated", OverrideRule},
  {0, kAsync | kChanges | kQueued, kReevaluateSpec, kFacilitator, guard::kStricterVerdict,
   kStays, "RulesEvaluated", Reevaluate},
  {0, kEvery, kRecordAudit, role::kAuditor, guard::kNone,
   kStays, "AuditRecorded", RecordAudit},
  {0, kApproved, kMeetCondition, kAnyone, guard::kNone,
   kStays, "ConditionMet", MeetCondition},
  {0, kApproved, kExtendCondition, kFacilitator, guard::kNone,
   kStays, "ConditionExtended", ExtendCondition},

  {0, kAsync, kCloseWindow, kSystem, guard::kNone,
   kStays, "ReviewerLapsed", CloseWindow},
  {0, kAsync, kAgeAnswer, kSystem, guard::kNone,
   kStays, "", AgeAnswer},
  {0, kEvery, kRemind, kSystem, guard::kNone,
   kStays, "ReminderSent", Remind},
  {0, kApproved | kAuto | kRejected, kMakeFinal, kSystem, guard::kNone,
   kStays, "DecisionFinal", MakeFinal},
});
// clang-format on

}  // namespace

std::span<const Transition> Transitions() { return kTransitions; }

std::vector<std::string> AllowedCommands(v1::Spec::State state, RoleSet roles) {
  std::set<std::string> names;
  for (const Transition& transition : kTransitions) {
    const bool fits = (transition.from & In(state)) != 0 && (transition.who & roles) != 0;
    if (fits && IsPublic(transition.command)) names.insert(CommandName(transition.command));
  }
  return {names.begin(), names.end()};
}

}  // namespace gavel
