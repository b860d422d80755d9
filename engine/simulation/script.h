// What one spec of a history does in the simulation, step by step.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "engine/simulation/history.h"

namespace gavel::simulation {

struct Step {
  enum class Kind {
    kRegister,   // The author writes the first draft.
    kReturn,     // Submitted once more: the author takes a closed spec up again.
    kRound,      // A review ended; the room is to decide. This is one demand on the room.
    kDecide,     // Decided with no review before it: without the room.
    kWithdraw,   // The author gives it up.
    kSupersede,  // It is replaced by another spec; which one, the history does not say.
  };

  Kind kind = Kind::kRegister;
  absl::Time at;
  int line = 0;  // Of the history.
  // kDecide: what was decided. kRound: what the history decided after this review, so what the room
  // decides; kNone where the history went on without a decision: the room returns it to its author.
  Verdict verdict = Verdict::kNone;

  bool operator==(const Step&) const = default;
};

struct Script {
  std::string spec;  // Its key in the history.
  std::string title;
  std::vector<Step> steps;  // By time; the first is kRegister.
};

// The days of a history that are played, both included; nothing: from its beginning, to its end.
struct Period {
  std::optional<absl::CivilDay> from = {};
  std::optional<absl::CivilDay> to = {};
};

// One script per spec that was first submitted within the period, in that order; nothing after the
// period is part of them. A history that knows no review (KEPs) asks for the room with each
// decision instead. Pure.
std::vector<Script> ScriptsOf(const History& history, const Period& period = {});

}  // namespace gavel::simulation
