#include "engine/domain/command.h"

#include <array>
#include <string_view>

namespace gavel {
namespace {

// In the order of CommandKind.
constexpr std::array<std::string_view, kCommandKinds> kNames = {
    "CreateSpec",      "AddRevision",
    "SubmitSpec",      "ResubmitSpec",
    "RequestChanges",  "RequestMeeting",
    "PinToMeeting",    "ReleaseSlot",
    "PullBackSpec",    "OpenItem",
    "RecordOutcome",   "RejectSpec",
    "WithdrawSpec",    "DeferSpec",
    "ResumeSpec",      "ReopenSpec",
    "PullIn",          "ContestDecision",
    "UndoOutcome",     "AddComment",
    "InviteReader",    "RaiseConcern",
    "AnswerConcern",   "ResolveConcern",
    "WithdrawConcern", "ChangeConcernSeverity",
    "OverruleConcern", "TakePosition",
    "AssignReviewer",  "ReleaseReviewer",
    "SetPresenter",    "SetNotBefore",
    "OverrideRule",    "ReevaluateSpec",
    "RecordAudit",     "MeetCondition",
    "ExtendCondition", "Route",
    "Reroute",         "Settle",
    "AssignSlot",      "PullBackIneligible",
    "EndOverrun",      "BreachEnvelope",
    "Supersede",       "CloseWindow",
    "AgeAnswer",       "Remind",
    "WithdrawStale",   "Wake",
    "MakeFinal",
};

}  // namespace

std::string CommandName(CommandKind kind) { return std::string(kNames[static_cast<size_t>(kind)]); }

bool IsPublic(CommandKind kind) { return kind < CommandKind::kRoute; }

}  // namespace gavel
