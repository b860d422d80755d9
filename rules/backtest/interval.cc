#include "rules/backtest/interval.h"

#include <boost/math/distributions/binomial.hpp>

namespace gavel::rules {
namespace {

using Binomial = boost::math::binomial_distribution<double>;

constexpr double kPercent = 100.0;
constexpr double kOneSided = 0.05;
constexpr double kTwoSided = 0.05 / 2;  // At each end.

double Upper(int64_t harmed, int64_t decided, double alpha) {
  if (decided == 0) return kPercent;
  return kPercent * Binomial::find_upper_bound_on_p(static_cast<double>(decided),
                                                    static_cast<double>(harmed), alpha);
}

}  // namespace

Interval ExactInterval(int64_t harmed, int64_t decided) {
  if (decided == 0) return {};
  const double low = Binomial::find_lower_bound_on_p(static_cast<double>(decided),
                                                     static_cast<double>(harmed), kTwoSided);
  return {.low = kPercent * low, .high = Upper(harmed, decided, kTwoSided)};
}

double UpperBound(int64_t harmed, int64_t decided) { return Upper(harmed, decided, kOneSided); }

bool MeetsGate(int64_t harmed, int64_t decided) {
  return decided >= kDecidedNeeded && UpperBound(harmed, decided) <= kBoundAllowed;
}

}  // namespace gavel::rules
