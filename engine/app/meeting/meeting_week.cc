#include "engine/app/meeting/meeting_week.h"

#include <algorithm>
#include <set>

#include "engine/app/meeting/meeting_calendar.h"
#include "engine/app/meeting/meeting_people.h"
#include "engine/app/meeting/meeting_queue.h"
#include "engine/app/meeting/meeting_text.h"
#include "engine/app/meeting/session_proposal.h"
#include "engine/app/meeting/stand_by.h"
#include "engine/base/status_macros.h"
#include "engine/domain/decision.h"
#include "engine/domain/fold_planning.h"
#include "engine/domain/names.h"
#include "engine/domain/planning/eligibility.h"
#include "fmt/format.h"
#include "gavel/v1/meeting_service.pb.h"

namespace gavel::app {
namespace {

MeetingCommand BySystem(MeetingCommandKind kind) {
  return {.kind = kind, .actor = std::string(kSystemActor)};
}

std::string PickedAs(OrderClass order_class) {
  switch (order_class) {
    case OrderClass::kOverdue:
      return "overdue";
    case OrderClass::kUrgent:
      return "urgent";
    case OrderClass::kReserved:
      return "reserved";
    case OrderClass::kCarryOver:
      return "carried over";
    case OrderClass::kAged:
      return "aged";
    case OrderClass::kScore:
      return "queue";
  }
  return "queue";
}

absl::Status AssignPicks(Workflow& workflow, const std::string& id, const AreaQueue& queue,
                         const AgendaPlan& plan) {
  for (const Pick& pick : plan.picks) {
    GAVEL_ASSIGN_OR_RETURN(const v1::Meeting meeting, workflow.GetMeeting(id));
    const QueueItem item = queue.ItemOf(*queue.Find(pick.key), meeting);
    v1::Slot slot = MakeSlot(meeting, item, pick.placement);
    slot.set_picked_as(PickedAs(pick.order_class));
    Command command{.kind = CommandKind::kAssignSlot, .actor = std::string(kSystemActor)};
    command.slot = &slot;
    GAVEL_RETURN_IF_ERROR(workflow.RunSpec(pick.key, command, id));
  }
  return absl::OkStatus();
}

v1::AgendaPlanned PlannedEvent(const AgendaPlan& plan) {
  v1::AgendaPlanned planned;
  for (const Pick& pick : plan.picks) planned.add_picked(pick.key);
  if (plan.stand_by.has_value()) planned.set_stand_by(*plan.stand_by);
  for (const NotPicked& each : plan.not_picked) {
    v1::NotPicked& not_picked = *planned.add_not_picked();
    not_picked.set_spec(each.key);
    not_picked.set_reason(each.reason);
    not_picked.set_eligible(each.passed_over);
    not_picked.set_author_fault(each.fault.has_value() && *each.fault == Fault::kAuthor);
  }
  planned.set_reservation(plan.reservation);
  planned.set_requested_minutes(plan.requested_minutes);
  return planned;
}

// Row 14: three cut-offs running without the author mending what keeps it out.
absl::Status PullBackIneligible(Workflow& workflow, const v1::Meeting& meeting,
                                const AgendaPlan& plan) {
  constexpr int kPatience = 3;
  GAVEL_ASSIGN_OR_RETURN(const v1::Planning planning,
                         workflow.transaction().Planning(meeting.area()));
  for (const NotPicked& each : plan.not_picked) {
    if (MemoryOf(planning, each.key).author_ineligible() < kPatience) continue;
    Command command{.kind = CommandKind::kPullBackIneligible, .actor = std::string(kSystemActor)};
    command.reason = fmt::format("not eligible at three cut-offs running: {}", each.reason);
    GAVEL_RETURN_IF_ERROR(workflow.RunSpec(each.key, command));
  }
  return absl::OkStatus();
}

// Why a spec that has a slot may not come after all; empty where it may.
struct Obstruction {
  std::string reason;
  bool author_fault = false;
};

Obstruction ObstructionOf(const Workflow& workflow, const v1::Meeting& meeting,
                          const QueueItem& item) {
  const Eligibility eligibility =
      CheckEligible(item, TermsOfMeeting(workflow, meeting),
                    workflow.organisation().CalendarOf(meeting.area()), workflow.now());
  if (!eligibility.eligible()) {
    return {eligibility.Reason(), eligibility.fault() == Fault::kAuthor};
  }
  const bool consent = item.consent_ready && item.open_blocks == 0;
  if (item.on_consent_list && !consent) return {"no longer fit for the consent list", false};
  return {};
}

// Takes what is no longer eligible off the agenda.
absl::Status ReleaseIneligible(Workflow& workflow, const v1::Meeting& meeting,
                               const AreaQueue& queue) {
  for (const v1::Slot& slot : meeting.slots()) {
    if (slot.state() != v1::Slot::STATE_PLANNED) continue;
    const QueueItem item = queue.ItemOf(*queue.Find(slot.spec()), meeting);
    const Obstruction obstruction = ObstructionOf(workflow, meeting, item);
    if (obstruction.reason.empty()) continue;
    Command command{.kind = CommandKind::kReleaseSlot, .actor = std::string(kSystemActor)};
    command.reason = obstruction.reason;
    command.author_fault = obstruction.author_fault;
    GAVEL_RETURN_IF_ERROR(workflow.RunSpec(slot.spec(), command));
  }
  return absl::OkStatus();
}

// The stand-by goes into the packet only where it may come.
bool MayStandBy(const Workflow& workflow, const v1::Meeting& meeting, const AreaQueue& queue) {
  const v1::Spec* spec = queue.Find(meeting.stand_by());
  return spec != nullptr && spec->state() == v1::Spec::STATE_QUEUED &&
         ObstructionOf(workflow, meeting, queue.ItemOf(*spec, meeting)).reason.empty();
}

// Past this a step that was missed, because the service was down, is not made up for: people keep a
// full day to read. A session that people asked for takes place as long as it has not begun.
bool IsTooLate(const Workflow& workflow, const v1::Meeting& meeting,
               const google::protobuf::Timestamp& limit) {
  return workflow.now() >= FromProto(meeting.ad_hoc() ? meeting.start_time() : limit);
}

absl::Status SendPacket(Workflow& workflow, const std::string& id, bool stand_by) {
  GAVEL_RETURN_IF_ERROR(GiveRoles(workflow, id));
  GAVEL_ASSIGN_OR_RETURN(v1::Meeting meeting, workflow.GetMeeting(id));
  MeetingCommand command = BySystem(MeetingCommandKind::kSendPacket);
  v1::PacketSent& packet = *command.payload.mutable_packet_sent();
  int words = 0;
  for (v1::Slot& slot : *meeting.mutable_slots()) {
    if (slot.state() != v1::Slot::STATE_PLANNED) continue;
    GAVEL_ASSIGN_OR_RETURN(const v1::Spec spec, workflow.GetSpec(slot.spec()));
    const v1::Revision& revision = *CurrentRevision(spec);
    (*packet.mutable_revisions())[slot.spec()] = revision.number();
    slot.set_revision(revision.number());
    words += revision.words();
  }
  if (!stand_by) meeting.clear_stand_by();
  if (!meeting.stand_by().empty()) {
    GAVEL_ASSIGN_OR_RETURN(const v1::Spec spec, workflow.GetSpec(meeting.stand_by()));
    packet.set_stand_by_revision(CurrentRevision(spec)->number());
    words += CurrentRevision(spec)->words();
  }
  packet.set_words(words);
  GAVEL_RETURN_IF_ERROR(WritePacket(workflow, meeting, packet));
  return workflow.RunMeeting(id, command);
}

}  // namespace

absl::Status RunPreview(Workflow& workflow, const std::string& id) {
  GAVEL_ASSIGN_OR_RETURN(const v1::Meeting meeting, workflow.GetMeeting(id));
  GAVEL_ASSIGN_OR_RETURN(const AgendaPlan plan, PreviewPlan(workflow, meeting));
  MeetingCommand command = BySystem(MeetingCommandKind::kSendPreview);
  v1::PreviewSent& preview = *command.payload.mutable_preview_sent();
  std::set<std::string> people;
  for (const Pick& pick : plan.picks) {
    GAVEL_ASSIGN_OR_RETURN(const v1::Spec spec, workflow.GetSpec(pick.key));
    preview.add_likely(pick.key);
    people.insert(spec.presenter());
  }
  preview.mutable_people()->Add(people.begin(), people.end());
  return workflow.RunMeeting(id, command);
}

absl::Status RunCutOff(Workflow& workflow, const std::string& id) {
  GAVEL_ASSIGN_OR_RETURN(const v1::Meeting meeting, workflow.GetMeeting(id));
  if (IsTooLate(workflow, meeting, meeting.freeze_time())) {
    return workflow.CancelMeeting(id, kSystemActor, nullptr, "SKIPPED");
  }
  GAVEL_ASSIGN_OR_RETURN(const AreaQueue queue, AreaQueue::Read(workflow, meeting.area()));
  const AgendaPlan plan = queue.PlanFor(meeting);
  MeetingCommand command = BySystem(MeetingCommandKind::kPlanAgenda);
  *command.payload.mutable_agenda_planned() = PlannedEvent(plan);
  GAVEL_RETURN_IF_ERROR(workflow.RunMeeting(id, command));
  GAVEL_RETURN_IF_ERROR(AssignPicks(workflow, id, queue, plan));
  GAVEL_RETURN_IF_ERROR(PullBackIneligible(workflow, meeting, plan));
  GAVEL_RETURN_IF_ERROR(ProposeSession(workflow, meeting, plan));
  return PlanOnDemand(workflow, meeting.area());
}

absl::Status RunFreeze(Workflow& workflow, const std::string& id) {
  GAVEL_ASSIGN_OR_RETURN(v1::Meeting meeting, workflow.GetMeeting(id));
  if (IsTooLate(workflow, meeting, meeting.go_no_go_time())) {
    return workflow.CancelMeeting(id, kSystemActor, nullptr, "SKIPPED");
  }
  GAVEL_ASSIGN_OR_RETURN(const bool quorum, HasQuorum(workflow, meeting));
  if (!quorum) return workflow.CancelMeeting(id, kSystemActor, nullptr, "QUORUM");
  GAVEL_ASSIGN_OR_RETURN(const AreaQueue queue, AreaQueue::Read(workflow, meeting.area()));
  GAVEL_RETURN_IF_ERROR(ReleaseIneligible(workflow, meeting, queue));
  GAVEL_ASSIGN_OR_RETURN(meeting, workflow.GetMeeting(id));
  GAVEL_RETURN_IF_ERROR(MoveUpStandBy(workflow, meeting).status());
  GAVEL_ASSIGN_OR_RETURN(meeting, workflow.GetMeeting(id));
  const bool any =
      std::any_of(meeting.slots().begin(), meeting.slots().end(),
                  [](const auto& slot) { return slot.state() == v1::Slot::STATE_PLANNED; });
  if (!any) return workflow.CancelMeeting(id, kSystemActor, nullptr, "NO_ITEMS");
  return SendPacket(workflow, id, MayStandBy(workflow, meeting, queue));
}

}  // namespace gavel::app
