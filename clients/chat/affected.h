// Which messages an event may have changed. Nothing is rendered from events: they only say what to
// look at again, so any number of them for one spec becomes at most one edit.
#pragma once

#include <set>
#include <string>

#include "gavel/v1/event.pb.h"

namespace gavel::chat {

struct Affected {
  std::set<std::string> specs;      // Keys.
  std::set<std::string> agendas;    // Meetings whose specs' cards name their place on the agenda.
  std::set<std::string> packets;    // Meetings whose packet went out.
  std::set<std::string> cancelled;  // Meetings that are not held.

  bool empty() const {
    return specs.empty() && agendas.empty() && packets.empty() && cancelled.empty();
  }
};

void AddAffected(const v1::Event& event, Affected& affected);

}  // namespace gavel::chat
