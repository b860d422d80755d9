// How much searching one question may take, so that no policy can hang its reader.
#pragma once

#include <cstdint>

namespace gavel::rules {

class Budget {
 public:
  // Steps of a search; far more than any policy written by people takes.
  static constexpr int64_t kSteps = 2'000'000;

  explicit Budget(int64_t steps = kSteps) : left_(steps) {}

  // Takes one step. False when none is left: the search ends and its answer means nothing.
  bool Spend() { return --left_ >= 0; }
  bool IsSpent() const { return left_ < 0; }

 private:
  int64_t left_;
};

}  // namespace gavel::rules
