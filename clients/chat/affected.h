// Which messages an event may have changed. Nothing is rendered from events: they only say what to
// look at again, so any number of them for one spec becomes at most one edit.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "gavel/v1/event.pb.h"

namespace gavel::chat {

// A post about a meeting.
struct MeetingPost {
  std::string meeting;
  bool cancelled = false;  // Else its packet.
};

struct Affected {
  std::set<std::string> specs;     // Keys.
  std::set<std::string> agendas;   // Meetings whose specs' cards name their place on the agenda.
  std::vector<MeetingPost> posts;  // In the order of what happened.
};

void AddAffected(const v1::Event& event, Affected& affected);

}  // namespace gavel::chat
