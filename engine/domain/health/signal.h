// A row of the tables of signals: what is counted, how, and from where on it is alarming.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "engine/domain/health/figure.h"
#include "engine/domain/health/window.h"

namespace gavel::health {

// Which side of the threshold is alarming.
enum class Bound { kAbove, kFrom, kBelow };

struct SignalRow {
  std::string id;
  std::string text;
  std::string unit;
  std::function<Figure(const Window&)> measure;
  std::optional<double> threshold = {};  // The design's starting threshold, where it names one.
  Bound bound = Bound::kAbove;
  int least = 1;  // Things a figure must be made of to alarm anybody.
};

using Signals = std::vector<SignalRow>;

// A share or percentile of fewer things than this says too little to alarm anybody.
inline constexpr int kLeastToJudge = 5;

// The mission's five questions. The first depends on what was returned in the window.
Signals ComingInSignals(const Window& window);
Signals TooManySignals();
Signals RightSignals();
Signals OnTopicSignals();
Signals EnjoyedSignals();

// The four anti-patterns.
Signals DomineeringSignals();
Signals BottleneckedSignals();
Signals StatusOrientedSignals();
Signals InertSignals();

// Rows that a question and an anti-pattern share.
SignalRow RequestedToUsable();
SignalRow TopNearMiss();
// Mean of one answer of the pulse, 1 to 5; WITHHELD under the floor.
Figure PulseMean(const Window& window, PulseRole role, int PulseSum::* answer);

}  // namespace gavel::health
