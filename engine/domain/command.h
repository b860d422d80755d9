// What can be asked of a spec: by people through an RPC, or by the service itself.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "gavel/v1/facts.pb.h"
#include "gavel/v1/meeting.pb.h"
#include "gavel/v1/spec.pb.h"
#include "gavel/v1/verdict.pb.h"
#include "google/protobuf/message.h"

namespace gavel {

// Named after the RPC where there is one; the last group is the service's own.
enum class CommandKind {
  kCreateSpec,
  kAddRevision,
  kSubmitSpec,
  kResubmitSpec,
  kRequestChanges,
  kRequestMeeting,
  kPinToMeeting,
  kReleaseSlot,
  kPullBackSpec,
  kOpenItem,
  kRecordOutcome,
  kRejectSpec,
  kWithdrawSpec,
  kDeferSpec,
  kResumeSpec,
  kReopenSpec,
  kPullIn,
  kContestDecision,
  kUndoOutcome,
  kAddComment,
  kInviteReader,
  kRaiseConcern,
  kAnswerConcern,
  kResolveConcern,
  kWithdrawConcern,
  kChangeConcernSeverity,
  kOverruleConcern,
  kTakePosition,
  kAssignReviewer,
  kReleaseReviewer,
  kSetPresenter,
  kSetNotBefore,
  kOverrideRule,
  kReevaluateSpec,
  kRecordAudit,
  kMeetCondition,
  kExtendCondition,

  kRoute,       // Rows 4 to 6: where a submit leads. Only ever follows another command.
  kReroute,     // Rows 4 to 6 again, after a revision of a spec under review or queued.
  kSettle,      // Rows 7, 9, 10: whether a review is over. Only ever follows another command.
  kAssignSlot,  // Row 12: the planner, or the stand-by moving up.
  kPullBackIneligible,  // Row 14: three cut-offs running ineligible for the author's reasons.
  kEndOverrun,          // Row 18: the meeting closed with the item open.
  kBreachEnvelope,      // Row 24: an automatic approval grew beyond what it was given for.
  kSupersede,           // Row 28.
  kCloseWindow,         // Timer: the window's end lapses the silent.
  kAgeAnswer,           // Timer: an answer is two business days old.
  kRemind,              // Timer: somebody is reminded.
  kWithdrawStale,       // Timer, row 20.
  kWake,                // Timer, row 22.
  kMakeFinal,           // Timer: a decision becomes final.
};

inline constexpr int kCommandKinds = static_cast<int>(CommandKind::kMakeFinal) + 1;

// `TakePosition`; for the service's own `Settle` and so on.
std::string CommandName(CommandKind kind);

// True for what a person can ask for.
bool IsPublic(CommandKind kind);

// One command and the values that the shells bring to it. The request is the RPC's own message, so
// that nothing is copied from one form into another.
struct Command {
  CommandKind kind;
  std::string actor;  // Person or service id, kSystemActor or kRulesActor.

  // The RPC's request; null for the service's own commands.
  const google::protobuf::Message* request = nullptr;

  // The new revision without number, kind, author and time, and what was read from it. For
  // CreateSpec and AddRevision.
  const v1::Revision* revision = nullptr;
  const v1::Facts* facts = nullptr;
  // Share of body words that differ from the latest major revision, 0 to 100. For AddRevision.
  double changed_percent = 100;
  // Spec keys that its text names. For CreateSpec and AddRevision.
  std::vector<std::string> cites = {};

  // The rules' verdict on the revision that the command submits or adds.
  const v1::Verdict* verdict = nullptr;
  // SHA-256 of the stored record of that verdict, hex; empty where none was kept.
  std::string record_hash = {};

  // Key and place of a new spec. For CreateSpec.
  std::string key = {};

  // For kRemind: which timer, and when it was due.
  std::string timer = {};
  absl::Time due = absl::InfinitePast();

  // For the service's own commands: the slot, why (kSupersede: by which key), and whose fault.
  const v1::Slot* slot = nullptr;
  std::string reason = {};
  bool author_fault = false;

  template <typename Request>
  const Request& As() const {
    return static_cast<const Request&>(*request);
  }
};

}  // namespace gavel
