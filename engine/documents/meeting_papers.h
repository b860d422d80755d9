// Everything that the documents of one meeting are written from.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "engine/domain/organisation.h"
#include "engine/domain/packet.h"
#include "gavel/v1/event.pb.h"
#include "gavel/v1/meeting.pb.h"

namespace gavel::documents {

// A value. `organisation` must outlive it and know the meeting's area.
struct MeetingPapers {
  const Organisation& organisation;
  v1::Meeting meeting;
  SpecsByKey specs;  // Those of every slot, the stand-by, and what is not on the agenda.

  // Of the specs that are not on the agenda, where known.
  std::map<std::string, v1::Forecast, std::less<>> forecasts;
  // Earlier meetings of the area whose promises open this one, by start.
  std::vector<v1::Meeting> earlier;
  // Keys that the packet as sent has on the agenda; nothing before the freeze.
  std::optional<std::set<std::string>> sent;
  // Why and what next; set where the meeting is cancelled.
  std::optional<v1::MeetingCancelled> cancelled;
  // `OutcomeUndone` events of this meeting, oldest first.
  std::vector<v1::Event> undone;

  const v1::Area& area() const { return *organisation.FindArea(meeting.area()); }
  absl::TimeZone zone() const { return organisation.CalendarOf(meeting.area()).zone(); }
};

// "media + platform": the area that decides, then those that need the room as well.
std::string AreasText(const MeetingPapers& papers);

// "Thu 10 Dec 2026, 15:00-15:50 Europe/Berlin"
std::string WhenText(const MeetingPapers& papers);

// "Facilitator Kim · notes Lee"
std::string RolesText(const MeetingPapers& papers);

// "nothing needed the room (2 specs were approved without it). Next: Thu 17 Dec 15:00." Of a
// cancelled meeting only.
std::string NotHeldText(const MeetingPapers& papers);

// "MEDIA-47 r2 Upload retries": the revision that the packet pins.
std::string ItemText(const MeetingPapers& papers, const std::string& key, int revision);

// A person's name.
std::string NameText(const MeetingPapers& papers, std::string_view person);

// A day of the meeting's calendar: the local day of its start.
absl::CivilDay DayOf(const MeetingPapers& papers);

}  // namespace gavel::documents
