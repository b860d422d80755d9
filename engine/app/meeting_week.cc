#include "engine/app/meeting_week.h"

#include <algorithm>
#include <set>

#include "engine/app/agenda_text.h"
#include "engine/app/meeting_queue.h"
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

const v1::Area& AreaOf(const Workflow& workflow, const v1::Meeting& meeting) {
  return *workflow.organisation().FindArea(meeting.area());
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

absl::Status AssignPicks(Workflow& workflow, const v1::Meeting& meeting, const AgendaPlan& plan) {
  int order = 0;
  for (const v1::Slot& slot : meeting.slots()) order = std::max(order, slot.order());
  for (const Pick& pick : plan.picks) {
    GAVEL_ASSIGN_OR_RETURN(const v1::Spec spec, workflow.GetSpec(pick.key));
    v1::Slot slot;
    slot.set_order(++order);
    slot.set_timebox_minutes(pick.placement.minutes);
    slot.set_picked_as(PickedAs(pick.order_class));
    slot.set_words(CurrentRevision(spec)->words());
    Command command{.kind = CommandKind::kAssignSlot, .actor = std::string(kSystemActor)};
    command.slot = &slot;
    GAVEL_RETURN_IF_ERROR(workflow.RunSpec(pick.key, command, meeting.id()));
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

absl::Status ProposeSession(Workflow& workflow, const v1::Meeting& meeting,
                            const AgendaPlan& plan) {
  if (plan.extra_session.empty()) return absl::OkStatus();
  MeetingCommand command = BySystem(MeetingCommandKind::kProposeSession);
  v1::ExtraSessionProposed& proposed = *command.payload.mutable_extra_session_proposed();
  proposed.mutable_specs()->Add(plan.extra_session.begin(), plan.extra_session.end());
  proposed.set_sponsor(AreaOf(workflow, meeting).sponsor());
  return workflow.RunMeeting(meeting.id(), command);
}

// Takes what is no longer eligible off the agenda.
absl::Status ReleaseIneligible(Workflow& workflow, const v1::Meeting& meeting) {
  GAVEL_ASSIGN_OR_RETURN(const v1::Planning planning,
                         workflow.transaction().Planning(meeting.area()));
  for (const v1::Slot& slot : meeting.slots()) {
    if (slot.state() != v1::Slot::STATE_PLANNED) continue;
    GAVEL_ASSIGN_OR_RETURN(const v1::Spec spec, workflow.GetSpec(slot.spec()));
    GAVEL_ASSIGN_OR_RETURN(const QueueItem item, QueueItemOf(workflow, spec, meeting, planning));
    const Eligibility eligibility =
        CheckEligible(item, TermsOfMeeting(workflow, meeting),
                      workflow.organisation().CalendarOf(meeting.area()), workflow.now());
    if (eligibility.eligible()) continue;
    Command command{.kind = CommandKind::kReleaseSlot, .actor = std::string(kSystemActor)};
    command.reason = eligibility.Reason();
    command.author_fault = eligibility.fault() == Fault::kAuthor;
    GAVEL_RETURN_IF_ERROR(workflow.RunSpec(slot.spec(), command));
  }
  return absl::OkStatus();
}

// The stand-by takes a place that the freeze made free, where it fits.
absl::Status FillFreePlace(Workflow& workflow, const std::string& id) {
  GAVEL_ASSIGN_OR_RETURN(const v1::Meeting meeting, workflow.GetMeeting(id));
  if (meeting.stand_by().empty()) return absl::OkStatus();
  GAVEL_ASSIGN_OR_RETURN(const v1::Spec spec, workflow.GetSpec(meeting.stand_by()));
  if (spec.state() != v1::Spec::STATE_QUEUED) return absl::OkStatus();
  absl::StatusOr<v1::Slot> slot = SlotFor(workflow, meeting, spec);
  if (!slot.ok()) return absl::OkStatus();
  slot->set_picked_as("stand-by");
  Command command{.kind = CommandKind::kAssignSlot, .actor = std::string(kSystemActor)};
  command.slot = &*slot;
  return workflow.RunSpec(spec.key(), command, id);
}

// Somebody to run it, or somebody to answer for it, has to be there.
absl::StatusOr<bool> HasQuorum(const Workflow& workflow, const v1::Meeting& meeting) {
  const v1::Area& area = AreaOf(workflow, meeting);
  std::vector<std::string> people(area.facilitators().begin(), area.facilitators().end());
  people.push_back(area.sponsor());
  people.push_back(area.deputy());
  GAVEL_ASSIGN_OR_RETURN(const Absences absences, workflow.AbsencesOf(people));
  const absl::CivilDay day =
      workflow.organisation().CalendarOf(area.id()).DayOf(FromProto(meeting.start_time()));
  return std::any_of(people.begin(), people.end(), [&](const std::string& person) {
    return !person.empty() && !IsAway(absences, person, day);
  });
}

absl::Status GiveRole(Workflow& workflow, const std::string& meeting, const std::string& role,
                      const std::string& person) {
  v1::AssignRoleRequest request;
  request.set_role(role);
  request.set_person(person);
  MeetingCommand command = BySystem(MeetingCommandKind::kAssignRole);
  command.request = &request;
  return workflow.RunMeeting(meeting, command);
}

// A facilitator, and a notetaker who neither runs the meeting nor presents in it.
absl::Status GiveRoles(Workflow& workflow, const std::string& id) {
  GAVEL_ASSIGN_OR_RETURN(const v1::Meeting meeting, workflow.GetMeeting(id));
  const v1::Area& area = AreaOf(workflow, meeting);
  std::vector<std::string> people(area.facilitators().begin(), area.facilitators().end());
  people.insert(people.end(), area.notetakers().begin(), area.notetakers().end());
  GAVEL_ASSIGN_OR_RETURN(const Absences absences, workflow.AbsencesOf(people));
  const absl::CivilDay day =
      workflow.organisation().CalendarOf(area.id()).DayOf(FromProto(meeting.start_time()));
  std::set<std::string> presenters;
  for (const v1::Slot& slot : meeting.slots()) presenters.insert(slot.presenter());

  std::string facilitator = meeting.facilitator();
  for (const std::string& person : area.facilitators()) {
    if (facilitator.empty() && !IsAway(absences, person, day)) facilitator = person;
  }
  std::string notetaker = meeting.notetaker();
  std::vector<std::string> takers(area.notetakers().begin(), area.notetakers().end());
  takers.insert(takers.end(), area.facilitators().begin(), area.facilitators().end());
  for (const std::string& person : takers) {
    const bool free = person != facilitator && presenters.count(person) == 0;
    if (notetaker.empty() && free && !IsAway(absences, person, day)) notetaker = person;
  }
  if (!facilitator.empty() && meeting.facilitator().empty()) {
    GAVEL_RETURN_IF_ERROR(GiveRole(workflow, id, "facilitator", facilitator));
  }
  if (!notetaker.empty() && meeting.notetaker().empty()) {
    GAVEL_RETURN_IF_ERROR(GiveRole(workflow, id, "notetaker", notetaker));
  }
  return absl::OkStatus();
}

absl::Status SendPacket(Workflow& workflow, const std::string& id) {
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
  if (!meeting.stand_by().empty()) {
    GAVEL_ASSIGN_OR_RETURN(const v1::Spec spec, workflow.GetSpec(meeting.stand_by()));
    packet.set_stand_by_revision(CurrentRevision(spec)->number());
    words += CurrentRevision(spec)->words();
  }
  packet.set_words(words);
  GAVEL_ASSIGN_OR_RETURN(*packet.mutable_agenda(), AgendaText(workflow, meeting));
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
  GAVEL_ASSIGN_OR_RETURN(const AgendaPlan plan, PreviewPlan(workflow, meeting));
  MeetingCommand command = BySystem(MeetingCommandKind::kPlanAgenda);
  *command.payload.mutable_agenda_planned() = PlannedEvent(plan);
  GAVEL_RETURN_IF_ERROR(workflow.RunMeeting(id, command));
  GAVEL_RETURN_IF_ERROR(AssignPicks(workflow, meeting, plan));
  GAVEL_RETURN_IF_ERROR(PullBackIneligible(workflow, meeting, plan));
  return ProposeSession(workflow, meeting, plan);
}

absl::Status RunFreeze(Workflow& workflow, const std::string& id) {
  GAVEL_ASSIGN_OR_RETURN(v1::Meeting meeting, workflow.GetMeeting(id));
  GAVEL_ASSIGN_OR_RETURN(const bool quorum, HasQuorum(workflow, meeting));
  if (!quorum) return workflow.CancelMeeting(id, kSystemActor, nullptr, "QUORUM");
  GAVEL_RETURN_IF_ERROR(ReleaseIneligible(workflow, meeting));
  GAVEL_RETURN_IF_ERROR(FillFreePlace(workflow, id));
  GAVEL_ASSIGN_OR_RETURN(meeting, workflow.GetMeeting(id));
  const bool any =
      std::any_of(meeting.slots().begin(), meeting.slots().end(),
                  [](const auto& slot) { return slot.state() == v1::Slot::STATE_PLANNED; });
  if (!any) return workflow.CancelMeeting(id, kSystemActor, nullptr, "NO_ITEMS");
  return SendPacket(workflow, id);
}

}  // namespace gavel::app
