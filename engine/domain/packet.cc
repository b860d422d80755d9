#include "engine/domain/packet.h"

#include <algorithm>
#include <set>

#include "engine/base/contains.h"
#include "engine/domain/names.h"
#include "engine/domain/planning/weight.h"

namespace gavel {
namespace {

// A spec of the packet and the revision that is to be read.
struct Entry {
  const v1::Spec* spec;
  int revision;
  std::set<std::string> readers;
};

bool IsAuthor(const v1::Spec& spec, std::string_view person) {
  return spec.presenter() == person || Contains(spec.authors(), person);
}

bool HasRead(const v1::Spec& spec, std::string_view person) {
  if (IsAuthor(spec, person)) return true;
  return std::any_of(spec.positions().begin(), spec.positions().end(), [&](const auto& position) {
    return position.person() == person && !position.stale();
  });
}

std::set<std::string> ReadersOfEverything(const v1::Meeting& meeting,
                                          const Organisation& organisation) {
  std::set<std::string> people = {meeting.facilitator(), meeting.notetaker()};
  if (const v1::Area* area = organisation.FindArea(meeting.area())) people.insert(area->sponsor());
  return people;
}

std::set<std::string> ReadersOf(const v1::Spec& spec) {
  std::set<std::string> people(spec.authors().begin(), spec.authors().end());
  people.insert(spec.presenter());
  for (const v1::Assignment& assignment : spec.assignments()) people.insert(assignment.person());
  for (const v1::Position& position : spec.positions()) people.insert(position.person());
  return people;
}

std::vector<Entry> EntriesOf(const v1::Meeting& meeting, const SpecsByKey& specs,
                             const Organisation& organisation) {
  std::vector<Entry> entries;
  const auto add = [&](std::string_view key, int revision) {
    const v1::Spec* spec = FindSpec(specs, key);
    if (spec != nullptr) entries.push_back({spec, revision, ReadersOf(*spec)});
    return spec != nullptr;
  };
  for (const v1::Slot* slot : SlotsInOrder(meeting)) {
    if (!add(slot->spec(), slot->revision())) continue;
    for (const std::string& id : slot->joint_areas()) {
      const v1::Area* area = organisation.FindArea(id);
      if (area != nullptr) entries.back().readers.insert(area->sponsor());
    }
  }
  if (!meeting.stand_by().empty()) add(meeting.stand_by(), meeting.stand_by_revision());
  return entries;
}

}  // namespace

const v1::Spec* FindSpec(const SpecsByKey& specs, std::string_view key) {
  const auto found = specs.find(key);
  return found == specs.end() ? nullptr : &found->second;
}

std::vector<const v1::Slot*> SlotsInOrder(const v1::Meeting& meeting) {
  std::vector<const v1::Slot*> slots;
  for (const v1::Slot& slot : meeting.slots()) {
    if (slot.state() != v1::Slot::STATE_RELEASED) slots.push_back(&slot);
  }
  std::stable_sort(slots.begin(), slots.end(),
                   [](const auto* a, const auto* b) { return a->order() < b->order(); });
  return slots;
}

const v1::Revision& RevisionOf(const v1::Spec& spec, int number) {
  for (const v1::Revision& revision : spec.revisions()) {
    if (revision.number() == number) return revision;
  }
  return *spec.revisions().rbegin();
}

int ReadingMinutes(const v1::Spec& spec, int revision) {
  return ReadingMinutes(RevisionOf(spec, revision).words());
}

int PacketMinutes(const v1::Meeting& meeting, const SpecsByKey& specs) {
  int minutes = 0;
  for (const v1::Slot* slot : SlotsInOrder(meeting)) {
    const v1::Spec* spec = FindSpec(specs, slot->spec());
    minutes +=
        spec == nullptr ? ReadingMinutes(slot->words()) : ReadingMinutes(*spec, slot->revision());
  }
  const v1::Spec* stand_by = FindSpec(specs, meeting.stand_by());
  if (stand_by != nullptr) minutes += ReadingMinutes(*stand_by, meeting.stand_by_revision());
  return minutes;
}

std::vector<PacketReading> PacketReadings(const v1::Meeting& meeting, const SpecsByKey& specs,
                                          const Organisation& organisation) {
  const absl::Time start = FromProto(meeting.start_time());
  const std::set<std::string> everything = ReadersOfEverything(meeting, organisation);
  std::map<std::string, PacketReading> readings;
  for (Entry& entry : EntriesOf(meeting, specs, organisation)) {
    entry.readers.insert(everything.begin(), everything.end());
    for (const std::string& person : entry.readers) {
      if (!organisation.IsPresent(person, start)) continue;
      PacketReading& reading = readings[person];
      reading.person = person;
      reading.specs.push_back(entry.spec->key());
      if (HasRead(*entry.spec, person)) continue;
      reading.unread.push_back(entry.spec->key());
      reading.minutes += ReadingMinutes(*entry.spec, entry.revision);
    }
  }
  std::vector<PacketReading> by_person;
  for (auto& [person, reading] : readings) by_person.push_back(std::move(reading));
  return by_person;
}

v1::PacketReader ToProto(const PacketReading& reading) {
  v1::PacketReader reader;
  reader.set_person(reading.person);
  reader.mutable_specs()->Add(reading.specs.begin(), reading.specs.end());
  reader.set_minutes(reading.minutes);
  return reader;
}

}  // namespace gavel
