// What is simulated: the meeting series that a history is played through.
#pragma once

#include <optional>
#include <string>

#include "engine/simulation/script.h"

namespace gavel::simulation {

struct Settings {
  int capacity = 3;                     // Specs a meeting, 1 to 3.
  std::optional<int> timebox_min = {};  // Every item weighs this; nothing: what its facts say.
  std::string weekday = "thu";          // `mon` to `sun`.
  std::string zone = "UTC";             // IANA zone of the meeting and of its business days.
  std::string area = "Simulation";
  Period period = {};
};

}  // namespace gavel::simulation
