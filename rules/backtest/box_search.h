// Greedy growth of boxes: from the densest region without harm outwards, as far as the bound holds.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <vector>

#include "rules/backtest/condition_menu.h"

namespace gavel::rules {

// One choice of every dimension; the reviews that meet all of them.
using Box = std::vector<size_t>;

// Which reviews count for what. All of the size of the menu's coverage.
struct Slice {
  Bits within;   // Reviews of the slice.
  Bits decided;  // Those that say something about a rule.
  Bits harmed;
};

struct BoxScore {
  int64_t covered = 0;
  int64_t decided = 0;
  int64_t harmed = 0;
};

class BoxSearch {
 public:
  // `menu` must outlive the search.
  BoxSearch(const std::vector<Dimension>& menu, Slice training);

  // Boxes that are grown from the densest regions and cover at least `min_support` reviews of the
  // training slice under the allowed bound: widest first, none within another. `tried` is told how
  // many boxes were looked at so far. Deterministic. O(seeds × steps × choices × reviews / 64).
  std::vector<Box> Find(int64_t min_support, const std::function<void(int64_t)>& tried);

  BoxScore Score(const Box& box, const Slice& slice) const;
  // Every review that meets the box, of any slice.
  Bits Covers(const Box& box) const;

 private:
  std::vector<Box> Seeds() const;
  std::optional<Box> WidenOnce(const Box& box);
  bool IsAllowed(const BoxScore& score);
  void DropIdleConditions(Box& box) const;
  std::vector<Bits> CoversWithoutEach(const Box& box) const;

  const std::vector<Dimension>& menu_;
  const Slice training_;
  // Choices of each dimension, tightest first by what they cover of the training slice.
  std::vector<std::vector<size_t>> by_width_;
  std::map<int64_t, int64_t> harm_allowed_;  // By number decided.
  int64_t tried_ = 0;
};

// The counts of `covers` within `slice`.
BoxScore ScoreOf(const Bits& covers, const Slice& slice);

}  // namespace gavel::rules
