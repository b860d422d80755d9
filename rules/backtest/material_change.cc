// What counts as another spec than the one that was submitted (rules.md 3.11).
#include <algorithm>
#include <vector>

#include "rules/backtest/backtest.h"
#include "rules/packed/layout.h"

namespace gavel::rules {
namespace {

using Names = google::protobuf::RepeatedField<uint64_t>;

bool BothKnown(const v1::PackedFacts& before, const v1::PackedFacts& after, PackedFact fact) {
  return StatusOf(before.statuses(), fact) == PackedStatus::kKnown &&
         StatusOf(after.statuses(), fact) == PackedStatus::kKnown;
}

bool SameNames(const Names& before, const Names& after) {
  std::vector<uint64_t> one(before.begin(), before.end());
  std::vector<uint64_t> other(after.begin(), after.end());
  std::sort(one.begin(), one.end());
  std::sort(other.begin(), other.end());
  return one == other;
}

uint32_t ClassOf(const v1::PackedFacts& facts) {
  return facts.ranks() >> kClassificationShift & 0xFu;
}

// By half or more, without overflow and without a fraction.
bool GrewByHalf(int64_t before, int64_t after) {
  return after > before && after - before >= before / 2 + before % 2;
}

}  // namespace

bool IsMaterialChange(const v1::PackedFacts& before, const v1::PackedFacts& after) {
  if (BothKnown(before, after, PackedFact::kDependencies) &&
      !SameNames(before.dependencies(), after.dependencies())) {
    return true;
  }
  if (BothKnown(before, after, PackedFact::kRegions) &&
      !SameNames(before.regions(), after.regions())) {
    return true;
  }
  if (BothKnown(before, after, PackedFact::kClassification) && ClassOf(before) != ClassOf(after)) {
    return true;
  }
  return BothKnown(before, after, PackedFact::kMonthlyCost) &&
         GrewByHalf(before.cost_high(), after.cost_high());
}

}  // namespace gavel::rules
