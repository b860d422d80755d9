// How sure a harm rate is: exact binomial intervals (Clopper-Pearson), never the normal
// approximation, which says "0 to 0 %" where nothing was seen yet.
#pragma once

#include <cstdint>

namespace gavel::rules {

// Percent, 0 to 100.
struct Interval {
  double low = 0;
  double high = 100;
};

// The two-sided 95 % interval of the rate behind `harmed` of `decided`; 0 to 100 where nothing was
// decided. 0 <= harmed <= decided.
Interval ExactInterval(int64_t harmed, int64_t decided);

// The one-sided 95 % upper bound, percent; 100 where nothing was decided.
double UpperBound(int64_t harmed, int64_t decided);

// What a rule needs behind it before it is enforced (rules.md 3.11).
inline constexpr int64_t kDecidedNeeded = 30;
inline constexpr double kBoundAllowed = 10.0;

bool MeetsGate(int64_t harmed, int64_t decided);

}  // namespace gavel::rules
