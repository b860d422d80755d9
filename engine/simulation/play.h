// One run: the scripts of the specs on one side, the meetings of the service on the other, in the
// order of time.
#pragma once

#include <cstddef>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "engine/simulation/ledger.h"
#include "engine/simulation/people.h"
#include "engine/simulation/room.h"
#include "engine/simulation/script.h"
#include "engine/simulation/service.h"
#include "engine/simulation/simulate.h"

namespace gavel::simulation {

class Play {
 public:
  // `name` is the history's, for messages. Nothing happens at or after `end`. `service` must
  // outlive the play.
  Play(Service& service, std::string name, std::vector<Script> scripts, absl::Time end);

  // Plays to the end. Once.
  absl::StatusOr<Report> Run(const OnProgress& on_progress);

 private:
  // A spec on its way. Its events keep their order: what follows a review's end waits until the
  // room has reached it.
  struct Actor {
    Script script;
    std::string key;                // Of the engine; empty before it is registered.
    const Step* in_room = nullptr;  // The round that waits for the room.
    std::deque<const Step*> later;  // What has happened since.
  };

  // Lets time pass, and does what follows from what happened on the way.
  absl::Status AdvanceTo(absl::Time target);
  absl::Status React();

  // The time of a step has come.
  absl::Status Arrive(Actor& actor, const Step& step);
  // Does what has been held up, until the room is needed again.
  absl::Status CatchUp(Actor& actor);
  // An error here is the lifecycle's refusal.
  absl::Status Perform(Actor& actor, const Step& step);
  void Refuse(const Actor& actor, const Step& step, const absl::Status& why);

  absl::Status HoldMeeting(const std::string& id);
  Verdict VerdictOf(const std::string& key) const;

  Service& service_;
  People people_;
  Room room_;
  Ledger ledger_;
  const std::string name_;
  const absl::Time end_;
  std::vector<Actor> actors_;
  std::vector<std::pair<const Step*, size_t>> agenda_;  // Every step with its actor, by time.
  std::map<std::string, size_t> actor_of_;              // By key of the engine.
  std::set<std::pair<absl::Time, std::string>> ahead_;  // Meetings by start.
};

}  // namespace gavel::simulation
