// What a simulation found, for people and for scripts.
#pragma once

#include <string>
#include <vector>

#include "clients/cli/output/output.h"
#include "engine/simulation/report.h"

namespace gavel::cli {

// One run with its name: `now`, `what if`.
struct SimulationRun {
  std::string name;
  simulation::Report report;
};

struct SimulationView {
  bool meetings = false;  // Also every meeting with its specs.
  bool refusals = false;  // Also one example of each refusal.
};

// One run, or two side by side with the differences. Under --json an object with the first run's
// figures, and `what_if` with the second one's.
void ShowSimulation(Output& output, const std::vector<SimulationRun>& runs,
                    const SimulationView& view);

}  // namespace gavel::cli
