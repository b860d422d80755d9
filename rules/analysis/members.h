// Which members a set may have: limits on how many of which kinds, and whether any set meets them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "rules/analysis/budget.h"
#include "rules/analysis/mask.h"

namespace gavel::rules {

inline constexpr uint64_t kUnlimited = UINT64_MAX;
// Stands for every sum of prices that the evaluator cannot add up.
inline constexpr uint64_t kTooMuch = uint64_t{1} << 63;

// Possible members that no rule tells apart, such as two standard storage tiers of one price.
struct MemberKind {
  std::vector<std::string> names;
  bool unlimited = false;        // There are more of the sort than `names`: what no catalog lists.
  std::vector<uint64_t> prices;  // Cents a month, one per policy; empty where prices do not matter.

  uint64_t Capacity() const { return unlimited ? kUnlimited : names.size(); }
};

// The members of `kinds` number (or cost) at least `low` and at most `high`. Both the limit and its
// negation are of this form, so boxes can be intersected and subtracted exactly.
struct MemberLimit {
  static constexpr int kEach = -1;  // Count members.

  Mask kinds;
  int price = kEach;  // Else the policy whose prices are summed.
  uint64_t low = 0;
  uint64_t high = kUnlimited;

  uint64_t WeightOf(const std::vector<MemberKind>& all, size_t kind) const {
    return price == kEach ? 1 : all[kind].prices[static_cast<size_t>(price)];
  }
  bool SameMeasure(const MemberLimit& other) const {
    return price == other.price && kinds == other.kinds;
  }
};

// What all sets of these kinds can reach: the count or cost of all members together.
uint64_t MostOf(const std::vector<MemberKind>& kinds, const MemberLimit& limit);

// One limit per measure; limits that always hold are left out. Nothing where two contradict.
std::optional<std::vector<MemberLimit>> Normalised(const std::vector<MemberKind>& kinds,
                                                   std::vector<MemberLimit> limits);

// Whether some set meets all limits, which must be normalised. Exact; quick where one member of
// each wanted sort will do.
bool IsPossible(const std::vector<MemberKind>& kinds, const std::vector<MemberLimit>& limits,
                Budget& budget);

// A set that meets all limits, as the number of members of each kind; nothing where there is none.
// Kinds that stand first are preferred. Exact: a search that only leaves out what cannot succeed,
// exponential only where several sums of prices must be hit at once.
std::optional<std::vector<uint64_t>> FindMembers(const std::vector<MemberKind>& kinds,
                                                 const std::vector<MemberLimit>& limits,
                                                 Budget& budget);

}  // namespace gavel::rules
