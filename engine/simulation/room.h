// The facilitator: holds a frozen meeting from its opening to its close.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "engine/simulation/history.h"
#include "engine/simulation/people.h"
#include "engine/simulation/service.h"

namespace gavel::simulation {

// One item that the room has dealt with.
struct RoomItem {
  std::string key;
  absl::Time opened;
  int timebox_minutes = 0;
  std::string outcome;  // In words.
};

class Room {
 public:
  // What the history decided about a spec, by key; kNone where it decided nothing.
  using VerdictOf = std::function<Verdict(const std::string& key)>;
  // Lets time pass up to `target`.
  using Wait = std::function<absl::Status(absl::Time target)>;

  // Both must outlive the room.
  Room(Service& service, People& people) : service_(service), people_(people) {}

  // Opens the meeting, takes each item for the length of its timebox, closes. Nothing where the
  // meeting was cancelled before. The errors are those of the commands; there should be none.
  absl::StatusOr<std::vector<RoomItem>> Hold(const std::string& id, const VerdictOf& verdict_of,
                                             const Wait& wait);

 private:
  absl::StatusOr<RoomItem> Discuss(const std::string& id, const std::string& key, Verdict verdict);

  Service& service_;
  People& people_;
};

}  // namespace gavel::simulation
