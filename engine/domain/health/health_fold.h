// The log, folded once into what health reports are made of.
#pragma once

#include <map>
#include <set>
#include <string>

#include "engine/domain/health/life.h"
#include "engine/domain/health/people.h"
#include "engine/domain/health/pulse.h"
#include "gavel/v1/event.pb.h"

namespace gavel::health {

// Everything that was folded, by key and id. Reports only read it.
struct Lives {
  People people;
  absl::Time begin = kNever;  // Of the log: before it nothing can be told.
  std::map<std::string, SpecLife, std::less<>> specs;
  std::map<std::string, MeetingLife, std::less<>> meetings;
  std::map<std::string, PulseBox, std::less<>> pulses;  // By area.
};

// Feed it every event of the log, in order. Memory: per spec and meeting, never per event. One fold
// answers for every span that ended by the newest event: facts carry their moments. What may be
// corrected later is read as corrected: attendance, and marks and notes of a meeting.
// Not thread-safe.
class HealthFold {
 public:
  // O(log specs + what the event is about).
  void Add(const v1::Event& event);

  const Lives& lives() const { return lives_; }

 private:
  SpecLife* SpecOf(const v1::Event& event);
  void AddSpecEvent(const v1::Event& event, SpecLife& spec);
  void AddMeetingEvent(const v1::Event& event);
  void CountFirstTimeAuthors(SpecLife& spec);
  void NoteCitations(const v1::Event& event);
  void NoteReading(const v1::Event& event, const SpecLife& spec);
  void NoteEarlierReading(MeetingLife& meeting);

  Lives lives_;
  std::set<PersonNumber> submitters_;
  std::map<std::string, std::string, std::less<>> agenda_of_;  // Meeting by spec on its agenda.
};

}  // namespace gavel::health
