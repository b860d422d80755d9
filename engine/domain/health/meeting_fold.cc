#include "engine/domain/health/meeting_fold.h"

#include <algorithm>

#include "engine/domain/names.h"

namespace gavel::health {
namespace {

// Cancelled because the series changed: nobody was told to come.
constexpr char kCalendarChanged[] = "CALENDAR_CHANGED";

ItemLife* Find(MeetingLife& life, const std::string& spec) {
  for (ItemLife& item : life.items) {
    if (item.spec == spec) return &item;
  }
  return nullptr;
}

void Plan(const v1::Meeting& meeting, MeetingLife& life) {
  life.id = meeting.id();
  life.area = meeting.area();
  life.ad_hoc = meeting.ad_hoc();
  life.start = FromProto(meeting.start_time());
  life.usable_minutes = meeting.usable_minutes();
}

void Assign(const v1::Slot& slot, const std::string& spec, MeetingLife& life) {
  if (Find(life, spec) != nullptr) return;
  life.items.push_back({.spec = spec,
                        .timebox_minutes = slot.timebox_minutes(),
                        .pinned = slot.revision(),
                        .quick = slot.quick()});
}

void Release(const std::string& spec, MeetingLife& life) {
  life.items.erase(std::remove_if(life.items.begin(), life.items.end(),
                                  [&](const ItemLife& item) { return item.spec == spec; }),
                   life.items.end());
}

void SendPacket(const v1::PacketSent& packet, absl::Time now, People& people, MeetingLife& life) {
  life.packet = now;
  for (ItemLife& item : life.items) {
    const auto pinned = packet.revisions().find(item.spec);
    if (pinned != packet.revisions().end()) item.pinned = pinned->second;
  }
  for (const v1::PacketReader& reader : packet.readers()) {
    life.asked.insert(people.NumberOf(reader.person()));
  }
}

bool Approves(const v1::Event& event) {
  return event.has_decision_recorded() && event.decision_recorded().decision().outcome() !=
                                              v1::DECISION_OUTCOME_REJECTED;
}

void FoldItem(const v1::Event& event, absl::Time now, ItemLife& item) {
  switch (event.payload_case()) {
    case v1::Event::kItemOpened:
      item.opened = now;
      item.ended = kNever;
      break;
    case v1::Event::kDecisionRecorded:
    case v1::Event::kOutcomeRecorded:
      item.ended = now;
      item.approved = Approves(event);
      break;
    case v1::Event::kItemOverran:
      item.ended = now;
      item.overran = true;
      break;
    case v1::Event::kOutcomeUndone:
      item.approved = false;
      break;
    default:
      break;
  }
}

void Seats(const v1::AttendanceRecorded& recorded, People& people, MeetingLife& life) {
  life.seats.clear();
  for (const v1::Attendance& entry : recorded.attendance()) {
    life.seats.push_back({.person = people.NumberOf(entry.person()), .role = entry.role()});
  }
}

void FoldOwn(const v1::Event& event, absl::Time now, People& people, MeetingLife& life) {
  switch (event.payload_case()) {
    case v1::Event::kMeetingPlanned:
      Plan(event.meeting_planned().meeting(), life);
      break;
    case v1::Event::kMeetingMoved:
      life.start = FromProto(event.meeting_moved().meeting().start_time());
      life.usable_minutes = event.meeting_moved().meeting().usable_minutes();
      break;
    case v1::Event::kAgendaPlanned:
      life.planned = now;
      life.requested_minutes = event.agenda_planned().requested_minutes();
      break;
    case v1::Event::kPacketSent:
      SendPacket(event.packet_sent(), now, people, life);
      break;
    case v1::Event::kPacketRead:
      life.readers.insert(people.NumberOf(event.packet_read().person()));
      break;
    case v1::Event::kMeetingOpened:
      life.opened = now;
      life.contributors.insert(people.NumberOf(event.meeting_opened().facilitator()));
      break;
    case v1::Event::kMeetingClosed:
      life.closed = now;
      break;
    case v1::Event::kMeetingCancelled:
      life.cancelled = now;
      life.taken_off = event.meeting_cancelled().reason() == kCalendarChanged;
      break;
    case v1::Event::kAttendanceRecorded:
      Seats(event.attendance_recorded(), people, life);
      break;
    case v1::Event::kNotesWritten:
      life.contributors.insert(people.NumberOf(event.notes_written().note().author()));
      break;
    case v1::Event::kOffTopicMarked:
      ++life.off_topic;
      break;
    default:
      break;
  }
}

}  // namespace

void FoldMeetingLife(const v1::Event& event, People& people, MeetingLife& life) {
  const absl::Time now = FromProto(event.time());
  FoldOwn(event, now, people, life);
  if (event.spec().empty()) return;
  if (event.has_slot_assigned()) Assign(event.slot_assigned().slot(), event.spec(), life);
  if (event.has_slot_released()) Release(event.spec(), life);
  if (ItemLife* item = Find(life, event.spec())) FoldItem(event, now, *item);
}

}  // namespace gavel::health
