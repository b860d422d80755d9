#include "engine/domain/fold_meeting.h"

#include <algorithm>

namespace gavel {
namespace {

v1::Slot* MutableSlot(v1::Meeting& meeting, std::string_view spec) {
  for (v1::Slot& slot : *meeting.mutable_slots()) {
    if (slot.spec() == spec && slot.state() != v1::Slot::STATE_RELEASED) return &slot;
  }
  return nullptr;
}

void CloseSlot(const v1::Event& event, v1::Slot::State state, v1::Slot& slot) {
  slot.set_state(state);
  *slot.mutable_close_time() = event.time();
}

void FoldSlotEvents(const v1::Event& event, v1::Meeting& meeting) {
  if (event.payload_case() == v1::Event::kSlotAssigned) {
    v1::Slot& slot = *meeting.add_slots();
    slot = event.slot_assigned().slot();
    slot.set_state(v1::Slot::STATE_PLANNED);
    if (meeting.stand_by() == slot.spec()) meeting.clear_stand_by();
    return;
  }
  v1::Slot* slot = MutableSlot(meeting, event.spec());
  if (slot == nullptr) return;
  switch (event.payload_case()) {
    case v1::Event::kSlotReleased:
      slot->set_reason(event.slot_released().reason());
      CloseSlot(event, v1::Slot::STATE_RELEASED, *slot);
      break;
    case v1::Event::kItemOpened:
      slot->set_state(v1::Slot::STATE_OPEN);
      *slot->mutable_open_time() = event.time();
      break;
    case v1::Event::kDecisionRecorded:
      *slot->mutable_outcome() = event.decision_recorded().outcome();
      CloseSlot(event, v1::Slot::STATE_DONE, *slot);
      break;
    case v1::Event::kOutcomeRecorded:
      *slot->mutable_outcome() = event.outcome_recorded().outcome();
      CloseSlot(event, v1::Slot::STATE_DONE, *slot);
      break;
    case v1::Event::kItemOverran:
      CloseSlot(event, v1::Slot::STATE_OVERRAN, *slot);
      break;
    case v1::Event::kOutcomeUndone:
      slot->clear_outcome();
      slot->clear_close_time();
      slot->set_state(event.to_state() == v1::Spec::STATE_SCHEDULED ? v1::Slot::STATE_PLANNED
                                                                    : v1::Slot::STATE_OVERRAN);
      break;
    case v1::Event::kPresenterSet:
      slot->set_presenter(event.presenter_set().person());
      slot->set_presenter_confirmed(false);
      break;
    case v1::Event::kPresenterConfirmed:
      slot->set_presenter_confirmed(true);
      break;
    case v1::Event::kGoSet:
      slot->set_go(event.go_set().go());
      break;
    case v1::Event::kOffTopicMarked:
      slot->set_off_topic_marks(slot->off_topic_marks() + 1);
      break;
    default:
      break;
  }
}

void FoldPlan(const v1::AgendaPlanned& planned, v1::Meeting& meeting) {
  meeting.set_planned(true);
  meeting.set_stand_by(planned.stand_by());
  *meeting.mutable_not_picked() = planned.not_picked();
  meeting.set_reservation(planned.reservation());
  meeting.set_requested_minutes(planned.requested_minutes());
}

void FoldPacket(const v1::Event& event, v1::Meeting& meeting) {
  meeting.set_state(v1::Meeting::STATE_FROZEN);
  *meeting.mutable_packet_time() = event.time();
  meeting.set_stand_by_revision(event.packet_sent().stand_by_revision());
  if (meeting.stand_by_revision() == 0) meeting.clear_stand_by();
  *meeting.mutable_readers() = event.packet_sent().readers();
  for (const auto& [spec, revision] : event.packet_sent().revisions()) {
    if (v1::Slot* slot = MutableSlot(meeting, spec)) slot->set_revision(revision);
  }
}

void FoldMoved(const v1::Meeting& moved, v1::Meeting& meeting) {
  *meeting.mutable_start_time() = moved.start_time();
  *meeting.mutable_end_time() = moved.end_time();
  *meeting.mutable_preview_time() = moved.preview_time();
  *meeting.mutable_cut_off_time() = moved.cut_off_time();
  *meeting.mutable_freeze_time() = moved.freeze_time();
  *meeting.mutable_go_no_go_time() = moved.go_no_go_time();
  *meeting.mutable_minutes_due_time() = moved.minutes_due_time();
  meeting.set_zone(moved.zone());
  meeting.set_usable_minutes(moved.usable_minutes());
}

// The first word of a person on a spec stays.
void FoldRead(const v1::Event& event, v1::Meeting& meeting) {
  const v1::PacketRead& read = event.packet_read();
  for (const std::string& spec : read.specs()) {
    const auto& receipts = meeting.receipts();
    const bool known = std::any_of(receipts.begin(), receipts.end(), [&](const auto& receipt) {
      return receipt.person() == read.person() && receipt.spec() == spec;
    });
    if (known) continue;
    v1::ReadReceipt& receipt = *meeting.add_receipts();
    receipt.set_person(read.person());
    receipt.set_spec(spec);
    *receipt.mutable_time() = event.time();
  }
}

// What a calendar shows of a meeting: its times, whether it is tentative, sure or cancelled, and
// its agenda. The sequence counts what a calendar has to act on, the time every difference.
void FoldCalendar(const v1::Event& event, v1::Meeting& meeting) {
  switch (event.payload_case()) {
    case v1::Event::kMeetingMoved:
    case v1::Event::kPacketSent:
    case v1::Event::kMeetingCancelled:
      meeting.set_calendar_sequence(meeting.calendar_sequence() + 1);
      break;
    case v1::Event::kMeetingPlanned:
    case v1::Event::kAgendaPlanned:
    case v1::Event::kSlotAssigned:
    case v1::Event::kSlotReleased:
    case v1::Event::kPresenterSet:
    case v1::Event::kRoleAssigned:
      break;
    default:
      return;
  }
  *meeting.mutable_calendar_time() = event.time();
}

void FoldNotes(const v1::NotesWritten& written, v1::Meeting& meeting) {
  if (written.spec().empty()) {
    *meeting.add_notes() = written.note();
  } else if (v1::Slot* slot = MutableSlot(meeting, written.spec())) {
    *slot->add_notes() = written.note();
  }
}

void FoldRole(const v1::RoleAssigned& assigned, v1::Meeting& meeting) {
  if (assigned.role() == "facilitator") meeting.set_facilitator(assigned.person());
  if (assigned.role() == "notetaker") meeting.set_notetaker(assigned.person());
}

void FoldOwnEvents(const v1::Event& event, v1::Meeting& meeting) {
  switch (event.payload_case()) {
    case v1::Event::kMeetingPlanned:
      meeting = event.meeting_planned().meeting();
      meeting.set_state(v1::Meeting::STATE_PLANNED);
      break;
    case v1::Event::kPreviewSent:
      meeting.set_previewed(true);
      break;
    case v1::Event::kAgendaPlanned:
      FoldPlan(event.agenda_planned(), meeting);
      break;
    case v1::Event::kPacketSent:
      FoldPacket(event, meeting);
      break;
    case v1::Event::kMeetingMoved:
      FoldMoved(event.meeting_moved().meeting(), meeting);
      break;
    case v1::Event::kPacketRead:
      FoldRead(event, meeting);
      break;
    case v1::Event::kMeetingCancelled:
      meeting.set_state(v1::Meeting::STATE_CANCELLED);
      meeting.set_cancel_reason(event.meeting_cancelled().reason());
      meeting.clear_stand_by();
      *meeting.mutable_close_time() = event.time();
      break;
    case v1::Event::kMeetingOpened:
      meeting.set_state(v1::Meeting::STATE_LIVE);
      meeting.set_facilitator(event.meeting_opened().facilitator());
      *meeting.mutable_open_time() = event.time();
      break;
    case v1::Event::kMeetingClosed:
      meeting.set_state(v1::Meeting::STATE_CLOSED);
      *meeting.mutable_close_time() = event.time();
      break;
    case v1::Event::kUrgentGranted:
      meeting.set_urgent(event.urgent_granted().spec());
      meeting.set_urgent_reason(event.urgent_granted().reason());
      break;
    case v1::Event::kRoleAssigned:
      FoldRole(event.role_assigned(), meeting);
      break;
    case v1::Event::kAttendanceRecorded:
      *meeting.mutable_attendance() = event.attendance_recorded().attendance();
      break;
    case v1::Event::kNotesWritten:
      FoldNotes(event.notes_written(), meeting);
      break;
    case v1::Event::kActionItemAdded:
      *meeting.add_action_items() = event.action_item_added().item();
      break;
    case v1::Event::kActionItemCompleted:
      for (v1::ActionItem& item : *meeting.mutable_action_items()) {
        if (item.id() == event.action_item_completed().item()) {
          *item.mutable_done_time() = event.time();
        }
      }
      break;
    case v1::Event::kMinutesPublished:
      *meeting.mutable_minutes_time() = event.time();
      break;
    case v1::Event::kPulseSubmitted:
      // That there was an answer; what it said is shown by health only, five people's at least.
      meeting.add_pulses()->set_role(event.pulse_submitted().pulse().role());
      meeting.add_pulse_people(event.pulse_submitted().person());
      break;
    default:
      break;
  }
}

}  // namespace

bool ConcernsMeeting(const v1::Event& event) {
  if (event.meeting().empty()) return false;
  if (event.subject().rfind("meetings/", 0) == 0) return true;
  switch (event.payload_case()) {
    case v1::Event::kSlotAssigned:
    case v1::Event::kSlotReleased:
    case v1::Event::kPresenterSet:
    case v1::Event::kItemOpened:
    case v1::Event::kOutcomeRecorded:
    case v1::Event::kItemOverran:
    case v1::Event::kOutcomeUndone:
      return true;
    case v1::Event::kDecisionRecorded:
      return event.decision_recorded().has_outcome();
    default:
      return false;
  }
}

void FoldMeeting(const v1::Event& event, v1::Meeting& meeting) {
  FoldOwnEvents(event, meeting);
  FoldSlotEvents(event, meeting);
  FoldCalendar(event, meeting);
}

const v1::Slot* FindSlot(const v1::Meeting& meeting, std::string_view spec) {
  for (const v1::Slot& slot : meeting.slots()) {
    if (slot.spec() == spec && slot.state() != v1::Slot::STATE_RELEASED) return &slot;
  }
  return nullptr;
}

bool HadSlot(const v1::Meeting& meeting, std::string_view spec) {
  return std::any_of(meeting.slots().begin(), meeting.slots().end(),
                     [&](const v1::Slot& slot) { return slot.spec() == spec; });
}

}  // namespace gavel
