// The guards of the transition table, each with the sentence the documentation shows.
#pragma once

#include "engine/domain/transition.h"

namespace gavel::guard {

extern const Guard kNone;
// Checked elsewhere: the effect names the missing field; the planner keeps eligibility and count.
extern const Guard kGivesReason;
extern const Guard kPlanned;
extern const Guard kThreeCutOffs;
extern const Guard kContentDiffers;
extern const Guard kRevertsToDecided;
extern const Guard kEditorial;
extern const Guard kMayAutoApprove;
extern const Guard kGateOk;
extern const Guard kAuthorGate;
extern const Guard kNoLongerSync;
extern const Guard kSettlesToChanges;
extern const Guard kSettlesToQueue;
extern const Guard kSettlesToApproved;
extern const Guard kQueuedSettlesToApproved;
extern const Guard kBlockOpen;
extern const Guard kAnsweredOrRevised;
extern const Guard kBlockDisputed;
extern const Guard kBeforeFreeze;
extern const Guard kMeetingNotLive;
extern const Guard kQuickItem;
extern const Guard kItemMayOpen;
extern const Guard kMayDecideInMeeting;
extern const Guard kMayOverruleInMeeting;
extern const Guard kOtherOutcome;
extern const Guard kMayReject;
extern const Guard kWithinYear;
extern const Guard kSaysWhatIsNew;
extern const Guard kWithinObjection;
extern const Guard kAuditFails;
extern const Guard kMayContest;
extern const Guard kMayUndo;
extern const Guard kRuleFired;
extern const Guard kStricterVerdict;

}  // namespace gavel::guard
