#include "engine/domain/health/health_fold.h"

#include "engine/domain/health/meeting_fold.h"
#include "engine/domain/health/spec_fold.h"
#include "engine/domain/names.h"

namespace gavel::health {
namespace {

// A word counts as reading once the packet is out, or where it names the revision in it.
bool HasRead(const SpecLife& spec, const ItemLife& item, PersonNumber person, absl::Time packet) {
  const auto reading = spec.readings.find(person);
  if (reading == spec.readings.end()) return false;
  const bool names_it = item.pinned > 0 && reading->second.position_revision >= item.pinned;
  return names_it || reading->second.remark >= packet;
}

}  // namespace

SpecLife* HealthFold::SpecOf(const v1::Event& event) {
  if (event.spec().empty()) return nullptr;
  if (event.has_spec_created()) return &lives_.specs[event.spec()];
  const auto found = lives_.specs.find(event.spec());
  return found == lives_.specs.end() ? nullptr : &found->second;
}

void HealthFold::Add(const v1::Event& event) {
  if (lives_.begin == kNever) lives_.begin = FromProto(event.time());
  SpecLife* spec = SpecOf(event);
  const bool about_spec = spec != nullptr && event.subject().rfind("specs/", 0) == 0;
  if (about_spec) AddSpecEvent(event, *spec);
  if (!event.meeting().empty()) AddMeetingEvent(event);
  if (about_spec && IsWord(event)) NoteReading(event, *spec);
}

void HealthFold::AddSpecEvent(const v1::Event& event, SpecLife& spec) {
  FoldSpecLife(event, lives_.people, spec);
  if (event.has_spec_submitted() && spec.submissions.size() == 1) CountFirstTimeAuthors(spec);
  if (event.has_revision_added()) NoteCitations(event);
  if (event.has_slot_assigned()) agenda_of_[spec.key] = event.meeting();
  if (event.has_slot_released()) agenda_of_.erase(spec.key);
}

void HealthFold::AddMeetingEvent(const v1::Event& event) {
  if (event.has_pulse_submitted()) {
    const v1::PulseSubmitted& pulse = event.pulse_submitted();
    lives_.pulses[event.area()].Add(FromProto(event.time()), lives_.people.NumberOf(pulse.person()),
                                    event.meeting(), pulse.pulse());
  }
  if (event.has_meeting_planned()) lives_.meetings[event.meeting()];
  const auto found = lives_.meetings.find(event.meeting());
  if (found == lives_.meetings.end()) return;
  FoldMeetingLife(event, lives_.people, found->second);
  const bool moved_up = event.has_slot_assigned() && found->second.packet != kNever;
  if (event.has_packet_sent() || moved_up) NoteEarlierReading(found->second);
}

void HealthFold::CountFirstTimeAuthors(SpecLife& spec) {
  for (const PersonNumber author : spec.authors) {
    if (submitters_.insert(author).second) ++spec.first_time_authors;
  }
}

void HealthFold::NoteCitations(const v1::Event& event) {
  const v1::RevisionAdded& added = event.revision_added();
  for (const auto* named : {&added.cites(), &added.amends(), &added.supersedes()}) {
    for (const std::string& key : *named) {
      const auto cited = lives_.specs.find(key);
      if (cited == lives_.specs.end() || key == event.spec()) continue;
      cited->second.cited_by.emplace(event.spec(), FromProto(event.time()));
    }
  }
}

void HealthFold::NoteReading(const v1::Event& event, const SpecLife& spec) {
  const auto agenda = agenda_of_.find(spec.key);
  if (agenda == agenda_of_.end()) return;
  const auto meeting = lives_.meetings.find(agenda->second);
  if (meeting == lives_.meetings.end() || meeting->second.closed != kNever) return;
  const PersonNumber person = lives_.people.NumberOf(event.actor());
  meeting->second.contributors.insert(person);
  for (const ItemLife& item : meeting->second.items) {
    const bool read = item.spec == spec.key && meeting->second.packet != kNever &&
                      HasRead(spec, item, person, meeting->second.packet);
    if (read) meeting->second.readers.insert(person);
  }
}

// What people had said of an item before its packet went out.
void HealthFold::NoteEarlierReading(MeetingLife& meeting) {
  for (const ItemLife& item : meeting.items) {
    const auto spec = lives_.specs.find(item.spec);
    if (spec == lives_.specs.end()) continue;
    for (const auto& [person, reading] : spec->second.readings) {
      meeting.contributors.insert(person);
      if (HasRead(spec->second, item, person, meeting.packet)) meeting.readers.insert(person);
    }
  }
}

}  // namespace gavel::health
