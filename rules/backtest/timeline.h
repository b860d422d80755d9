// Which policy judges a review of which day.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "rules/packed/fast_policy.h"

namespace gavel::rules {

// From a day on, until the next era.
struct Era {
  int32_t since_day = 0;
  std::shared_ptr<const FastPolicy> policy;
};

// Rules stay the same over a timeline; what changes from era to era is the catalog they are read
// with, so that a past review is judged by the prices and tiers of its day.
class Timeline {
 public:
  // One policy for all days.
  explicit Timeline(std::shared_ptr<const FastPolicy> policy)
      : Timeline(std::vector<Era>{{.since_day = 0, .policy = std::move(policy)}}) {}
  // `eras`: at least one, by day. The first also holds for every day before it.
  explicit Timeline(std::vector<Era> eras) : eras_(std::move(eras)) {}

  // The newest policy: the one that the report is about.
  const FastPolicy& newest() const { return *eras_.back().policy; }

  const std::vector<Era>& eras() const { return eras_; }

  // The era of a day, an index of `eras()`. O(eras).
  size_t EraOf(int32_t day) const {
    size_t era = eras_.size() - 1;
    while (era > 0 && eras_[era].since_day > day) --era;
    return era;
  }

 private:
  std::vector<Era> eras_;
};

}  // namespace gavel::rules
