#include "rules/backtest/box_search.h"

#include <algorithm>
#include <numeric>

#include "rules/backtest/interval.h"

namespace gavel::rules {
namespace {

constexpr size_t kSeeds = 16;

}  // namespace

BoxScore ScoreOf(const Bits& covers, const Slice& slice) {
  const Bits inside = covers & slice.within;
  return {.covered = inside.Count(),
          .decided = inside.CountWith(slice.decided),
          .harmed = inside.CountWith(slice.harmed)};
}

BoxSearch::BoxSearch(const std::vector<Dimension>& menu, Slice training)
    : menu_(menu), training_(std::move(training)) {
  for (const Dimension& dimension : menu_) {
    std::vector<size_t> order(dimension.choices.size());
    std::iota(order.begin(), order.end(), size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) {
      return dimension.choices[a].covers.CountWith(training_.within) <
             dimension.choices[b].covers.CountWith(training_.within);
    });
    by_width_.push_back(std::move(order));
  }
}

Bits BoxSearch::Covers(const Box& box) const {
  Bits covers(training_.within.size(), true);
  for (size_t d = 0; d < menu_.size(); ++d) covers &= menu_[d].choices[box[d]].covers;
  return covers;
}

BoxScore BoxSearch::Score(const Box& box, const Slice& slice) const {
  return ScoreOf(Covers(box), slice);
}

// The tightest box around each review that drew no harm; the most frequent ones first.
std::vector<Box> BoxSearch::Seeds() const {
  std::map<Box, int64_t> counts;
  for (size_t i = 0; i < training_.within.size(); ++i) {
    if (!training_.within.Has(i) || training_.harmed.Has(i)) continue;
    Box box;
    for (size_t d = 0; d < menu_.size(); ++d) {
      const auto tightest =
          std::find_if(by_width_[d].begin(), by_width_[d].end(),
                       [&](size_t choice) { return menu_[d].choices[choice].covers.Has(i); });
      box.push_back(*tightest);  // Not to ask covers everything.
    }
    ++counts[std::move(box)];
  }
  std::vector<std::pair<int64_t, Box>> dense;
  for (auto& [box, count] : counts) dense.emplace_back(count, box);
  std::stable_sort(dense.begin(), dense.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  dense.resize(std::min(dense.size(), kSeeds));
  std::vector<Box> seeds;
  for (auto& [count, box] : dense) seeds.push_back(std::move(box));
  return seeds;
}

// No harm at all while the reviews are too few for a bound; then as much as the bound allows.
bool BoxSearch::IsAllowed(const BoxScore& score) {
  if (score.decided < kDecidedNeeded) return score.harmed == 0;
  const auto [allowed, is_new] = harm_allowed_.try_emplace(score.decided, 0);
  if (is_new) {
    while (MeetsGate(allowed->second + 1, score.decided)) ++allowed->second;
  }
  return score.harmed <= allowed->second;
}

// Element d: what the box covers when dimension d is not asked. O(dimensions × reviews / 64).
std::vector<Bits> BoxSearch::CoversWithoutEach(const Box& box) const {
  std::vector<Bits> without(menu_.size(), training_.within);
  Bits before = training_.within;
  for (size_t d = 0; d < menu_.size(); ++d) {
    without[d] = before;
    before &= menu_[d].choices[box[d]].covers;
  }
  Bits after = training_.within;
  for (size_t d = menu_.size(); d-- > 0;) {
    without[d] &= after;
    after &= menu_[d].choices[box[d]].covers;
  }
  return without;
}

// The one looser choice that gains most reviews and is still allowed; nothing where none gains.
std::optional<Box> BoxSearch::WidenOnce(const Box& box) {
  const std::vector<Bits> without = CoversWithoutEach(box);
  const int64_t covered = Score(box, training_).covered;
  int64_t most = covered;
  std::optional<Box> best;
  for (size_t d = 0; d < menu_.size(); ++d) {
    for (const size_t choice : by_width_[d]) {
      if (choice == box[d]) continue;
      ++tried_;
      const Bits covers = without[d] & menu_[d].choices[choice].covers;
      const BoxScore score = ScoreOf(covers, training_);
      if (score.covered <= most || !IsAllowed(score)) continue;
      most = score.covered;
      best = box;
      (*best)[d] = choice;
    }
  }
  return best;
}

// A condition that keeps nothing out is noise, unless it is a guard.
void BoxSearch::DropIdleConditions(Box& box) const {
  for (size_t d = 0; d < menu_.size(); ++d) {
    if (menu_[d].guard) continue;
    const Bits with = Covers(box);
    const size_t kept = box[d];
    box[d] = menu_[d].choices.size() - 1;
    if (!(Covers(box) == with)) box[d] = kept;
  }
}

std::vector<Box> BoxSearch::Find(int64_t min_support,
                                 const std::function<void(int64_t)>& tried) {
  std::vector<std::pair<int64_t, Box>> grown;
  for (Box box : Seeds()) {
    if (IsAllowed(Score(box, training_))) {
      while (auto wider = WidenOnce(box)) box = *std::move(wider);
      DropIdleConditions(box);
      const int64_t covered = Score(box, training_).covered;
      if (covered >= min_support) grown.emplace_back(covered, std::move(box));
    }
    tried(tried_);
  }
  std::stable_sort(grown.begin(), grown.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  std::vector<Box> found;
  std::vector<Bits> taken;
  for (auto& [covered, box] : grown) {
    const Bits covers = Covers(box) & training_.within;
    const bool known = std::any_of(taken.begin(), taken.end(),
                                   [&](const Bits& wider) { return covers.IsWithin(wider); });
    if (known) continue;
    taken.push_back(covers);
    found.push_back(std::move(box));
  }
  return found;
}

}  // namespace gavel::rules
