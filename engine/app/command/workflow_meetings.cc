// How meetings end, and what becomes of what stood on their agendas.

#include <algorithm>
#include <set>

#include "engine/app/command/workflow.h"
#include "engine/app/insight/health_alerts.h"
#include "engine/app/meeting/meeting_calendar.h"
#include "engine/app/meeting/stand_by.h"
#include "engine/base/status_macros.h"
#include "engine/domain/fold_meeting.h"
#include "engine/domain/names.h"

namespace gavel::app {
namespace {

// The meeting before one is looked for this far back.
constexpr absl::Duration kLookBack = absl::Hours(24 * 7 * 8);

bool IsPlanned(const v1::Slot& slot) { return slot.state() == v1::Slot::STATE_PLANNED; }

absl::Status Release(Workflow& workflow, const v1::Slot& slot, std::string reason) {
  Command command{.kind = CommandKind::kReleaseSlot, .actor = std::string(kSystemActor)};
  command.reason = std::move(reason);
  return workflow.RunSpec(slot.spec(), command);
}

// Discussed and not done. An item is carried over once: the second time it queues like any other.
bool IsCarriedOver(const v1::Slot& slot, const v1::Spec& spec) {
  const bool continued = slot.outcome().kind() == v1::Outcome::KIND_CONTINUE;
  if (!continued && slot.state() != v1::Slot::STATE_OPEN) return false;
  const int continued_before = spec.queue().continued() - (continued ? 1 : 0);
  return continued_before <= 0 && !spec.queue().carried_over();
}

absl::StatusOr<bool> IsQueued(const Workflow& workflow, const std::string& key) {
  GAVEL_ASSIGN_OR_RETURN(const auto spec, workflow.transaction().FindSpec(key));
  return spec.has_value() && spec->state() == v1::Spec::STATE_QUEUED;
}

// Who was on the agenda, and what comes back to the next one.
absl::Status FillItems(const Workflow& workflow, const v1::Meeting& meeting,
                       v1::MeetingClosed& closed) {
  for (const v1::Slot& slot : meeting.slots()) {
    if (slot.state() == v1::Slot::STATE_RELEASED) continue;
    GAVEL_ASSIGN_OR_RETURN(const v1::Spec spec, workflow.GetSpec(slot.spec()));
    closed.add_items(slot.spec());
    closed.add_teams(workflow.organisation().TeamOf(spec.authors(0)));
    if (IsCarriedOver(slot, spec)) closed.add_carried_over(slot.spec());
  }
  return absl::OkStatus();
}

// Whom it passed over: eligible at the cut-off, on no agenda, and still waiting.
absl::Status FillPassedOver(const Workflow& workflow, const v1::Meeting& meeting,
                            v1::MeetingClosed& closed) {
  for (const v1::NotPicked& not_picked : meeting.not_picked()) {
    if (!not_picked.eligible() || HadSlot(meeting, not_picked.spec())) continue;
    GAVEL_ASSIGN_OR_RETURN(const bool queued, IsQueued(workflow, not_picked.spec()));
    if (queued) closed.add_passed_over(not_picked.spec());
  }
  // The claim is void where its spec has left the queue since the cut-off.
  GAVEL_ASSIGN_OR_RETURN(const bool queued, IsQueued(workflow, meeting.reservation()));
  if (queued) closed.set_reservation(meeting.reservation());
  return absl::OkStatus();
}

// A session for single specs is not the meeting that others were carried over to.
absl::Status KeepCarried(const Workflow& workflow, const v1::Meeting& meeting,
                         v1::MeetingClosed& closed) {
  if (meeting.dedicated_to().empty()) return absl::OkStatus();
  GAVEL_ASSIGN_OR_RETURN(const v1::Planning planning,
                         workflow.transaction().Planning(meeting.area()));
  for (const v1::PlanningMemory& memory : planning.memories()) {
    const bool others = memory.carried_over() && !HadSlot(meeting, memory.spec());
    if (others) closed.add_carried_over(memory.spec());
  }
  return absl::OkStatus();
}

bool ApprovedWithoutMeeting(const v1::ReviewEnd& end, const std::string& area) {
  const bool approved = end.outcome() == v1::DECISION_OUTCOME_APPROVED ||
                        end.outcome() == v1::DECISION_OUTCOME_APPROVED_WITH_CONDITIONS;
  return approved && end.area() == area &&
         (end.authority() == v1::Decision::AUTHORITY_RULE ||
          end.authority() == v1::Decision::AUTHORITY_ASYNC);
}

// Specs of the area that needed no meeting since the occurrence before: what a cancelled one did
// not have to do.
absl::StatusOr<int> CountApprovedWithout(const Workflow& workflow, const v1::Meeting& meeting) {
  const absl::Time start = FromProto(meeting.start_time());
  GAVEL_ASSIGN_OR_RETURN(const auto earlier,
                         workflow.transaction().Meetings(meeting.area(), start - kLookBack, start));
  const absl::Time from =
      earlier.empty() ? start - kLookBack : FromProto(earlier.back().start_time());
  if (from >= workflow.now()) return 0;
  GAVEL_ASSIGN_OR_RETURN(const auto ends, workflow.transaction().ReviewEnds(from, workflow.now()));
  std::set<std::string> specs;
  for (const v1::ReviewEnd& end : ends) {
    if (ApprovedWithoutMeeting(end, meeting.area())) specs.insert(end.spec());
  }
  return static_cast<int>(specs.size());
}

// The next meeting that may take what this one leaves.
absl::Status FillNextTime(const Workflow& workflow, const v1::Meeting& meeting,
                          v1::MeetingCancelled& cancelled) {
  GAVEL_ASSIGN_OR_RETURN(
      const auto later, workflow.transaction().Meetings(
                            meeting.area(), FromProto(meeting.end_time()), absl::InfiniteFuture()));
  const auto next = std::find_if(later.begin(), later.end(), [](const v1::Meeting& each) {
    return each.state() == v1::Meeting::STATE_PLANNED && each.dedicated_to().empty();
  });
  if (next != later.end()) *cancelled.mutable_next_time() = next->start_time();
  return absl::OkStatus();
}

}  // namespace

absl::Status Workflow::AfterRelease(const v1::Event& event) {
  // The minute of a consent item makes no room for anybody.
  if (event.slot_released().reason() == kQuickStopped) return absl::OkStatus();
  GAVEL_ASSIGN_OR_RETURN(const v1::Meeting meeting, GetMeeting(event.meeting()));
  const bool frozen = meeting.state() == v1::Meeting::STATE_FROZEN;
  if (!frozen && meeting.state() != v1::Meeting::STATE_LIVE) return absl::OkStatus();
  GAVEL_ASSIGN_OR_RETURN(const bool moved_up, MoveUpStandBy(*this, meeting));
  const bool any = std::any_of(meeting.slots().begin(), meeting.slots().end(), IsPlanned);
  if (moved_up || any || !frozen) return absl::OkStatus();
  return CancelMeeting(meeting.id(), kSystemActor, nullptr, "LATE");
}

absl::Status Workflow::CloseMeeting(const std::string& id, std::string_view actor) {
  GAVEL_ASSIGN_OR_RETURN(const v1::Meeting meeting, GetMeeting(id));
  MeetingCommand command{.kind = MeetingCommandKind::kCloseMeeting, .actor = std::string(actor)};
  v1::MeetingClosed& closed = *command.payload.mutable_meeting_closed();
  closed.set_by_timer(actor == kSystemActor);
  GAVEL_RETURN_IF_ERROR(FillPassedOver(*this, meeting, closed));
  GAVEL_RETURN_IF_ERROR(FillItems(*this, meeting, closed));
  GAVEL_RETURN_IF_ERROR(KeepCarried(*this, meeting, closed));
  GAVEL_RETURN_IF_ERROR(RunMeeting(id, command));
  for (const v1::Slot& slot : meeting.slots()) {
    if (slot.state() == v1::Slot::STATE_OPEN) {
      const Command end{.kind = CommandKind::kEndOverrun, .actor = std::string(kSystemActor)};
      GAVEL_RETURN_IF_ERROR(RunSpec(slot.spec(), end));
    } else if (IsPlanned(slot)) {
      GAVEL_RETURN_IF_ERROR(Release(*this, slot, "the meeting closed before it was reached"));
    }
  }
  GAVEL_RETURN_IF_ERROR(CheckHealth(*this, meeting.area()));
  return PlanOnDemand(*this, meeting.area());
}

absl::Status Workflow::CancelMeeting(const std::string& id, std::string_view actor,
                                     const google::protobuf::Message* request,
                                     const std::string& reason) {
  GAVEL_ASSIGN_OR_RETURN(const v1::Meeting meeting, GetMeeting(id));
  MeetingCommand command{
      .kind = MeetingCommandKind::kCancelMeeting, .actor = std::string(actor), .request = request};
  v1::MeetingCancelled& cancelled = *command.payload.mutable_meeting_cancelled();
  cancelled.set_reason(reason);
  GAVEL_RETURN_IF_ERROR(FillNextTime(*this, meeting, cancelled));
  GAVEL_ASSIGN_OR_RETURN(const int approved, CountApprovedWithout(*this, meeting));
  cancelled.set_approved_without(approved);
  GAVEL_RETURN_IF_ERROR(RunMeeting(id, command));
  for (const v1::Slot& slot : meeting.slots()) {
    if (!IsPlanned(slot)) continue;
    GAVEL_RETURN_IF_ERROR(Release(*this, slot, "the meeting was cancelled"));
  }
  GAVEL_RETURN_IF_ERROR(CheckHealth(*this, meeting.area()));
  return PlanOnDemand(*this, meeting.area());
}

}  // namespace gavel::app
