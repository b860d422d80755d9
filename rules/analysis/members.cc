#include "rules/analysis/members.h"

#include <algorithm>
#include <numeric>

namespace gavel::rules {
namespace {

uint64_t SaturatingAdd(uint64_t a, uint64_t b) { return a > kUnlimited - b ? kUnlimited : a + b; }

uint64_t SaturatingMultiply(uint64_t a, uint64_t b) {
  if (a == 0 || b == 0) return 0;
  return a > kUnlimited / b ? kUnlimited : a * b;
}

// Sums of prices stop at kTooMuch, counts never get there.
uint64_t Clamp(const MemberLimit& limit, uint64_t sum) {
  return limit.price == MemberLimit::kEach ? sum : std::min(sum, kTooMuch);
}

// Grows a set one member at a time. Every limit's `high` only gets harder to meet, so a set over it
// is given up; a limit below its `low` needs one of its kinds, so the search branches over those,
// and a kind that led nowhere is not tried again further on.
class Search {
 public:
  Search(const std::vector<MemberKind>& kinds, const std::vector<MemberLimit>& limits,
         Budget& budget)
      : kinds_(kinds), limits_(limits), budget_(budget), counts_(kinds.size(), 0) {
    for (const MemberKind& kind : kinds) room_.push_back(kind.Capacity());
    for (const MemberLimit& limit : limits) {
      sums_.push_back(0);
      limit.kinds.ForEach([&](size_t kind) {
        if (Weight(limit, kind) > limit.high) room_[kind] = 0;
      });
    }
  }

  bool Run();
  const std::vector<uint64_t>& counts() const { return counts_; }

 private:
  uint64_t Weight(const MemberLimit& limit, size_t kind) const {
    return limit.WeightOf(kinds_, kind);
  }
  bool CanReach(const MemberLimit& limit, uint64_t sum) const;
  std::vector<size_t> Candidates(const MemberLimit& limit) const;
  bool Add(size_t kind);

  const std::vector<MemberKind>& kinds_;
  const std::vector<MemberLimit>& limits_;
  Budget& budget_;
  std::vector<uint64_t> counts_;
  std::vector<uint64_t> room_;  // How many more of each kind may be added.
  std::vector<uint64_t> sums_;  // Of each limit.
};

// Whether what may still be added can bring `sum` to the limit's `low` without passing its `high`.
bool Search::CanReach(const MemberLimit& limit, uint64_t sum) const {
  uint64_t most = sum;
  uint64_t divisor = 0;
  limit.kinds.ForEach([&](size_t kind) {
    if (room_[kind] == 0) return;
    const uint64_t weight = Weight(limit, kind);
    most = SaturatingAdd(most, SaturatingMultiply(weight, room_[kind]));
    divisor = std::gcd(divisor, weight);
  });
  if (Clamp(limit, most) < limit.low) return false;
  if (divisor < 2 || limit.high >= kTooMuch) return true;
  return sum + (limit.high - sum) / divisor * divisor >= limit.low;
}

// The kinds that bring a limit on, the likeliest first: large prices where a sum is wanted.
std::vector<size_t> Search::Candidates(const MemberLimit& limit) const {
  std::vector<size_t> candidates;
  limit.kinds.ForEach([&](size_t kind) {
    if (room_[kind] > 0 && Weight(limit, kind) > 0) candidates.push_back(kind);
  });
  std::stable_sort(candidates.begin(), candidates.end(),
                   [&](size_t a, size_t b) { return Weight(limit, a) > Weight(limit, b); });
  return candidates;
}

bool Search::Add(size_t kind) {
  ++counts_[kind];
  --room_[kind];
  bool fits = true;
  for (size_t i = 0; i < limits_.size(); ++i) {
    if (!limits_[i].kinds.Has(kind)) continue;
    sums_[i] = Clamp(limits_[i], SaturatingAdd(sums_[i], Weight(limits_[i], kind)));
    fits = fits && sums_[i] <= limits_[i].high;
  }
  return fits;
}

bool Search::Run() {
  if (!budget_.Spend()) return false;
  const MemberLimit* open = nullptr;
  for (size_t i = 0; i < limits_.size(); ++i) {
    if (sums_[i] >= limits_[i].low) continue;
    if (!CanReach(limits_[i], sums_[i])) return false;
    if (open == nullptr || limits_[i].kinds.Count() < open->kinds.Count()) open = &limits_[i];
  }
  if (open == nullptr) return true;
  const std::vector<uint64_t> room = room_;
  const std::vector<uint64_t> sums = sums_;
  for (const size_t kind : Candidates(*open)) {
    if (Add(kind) && Run()) return true;
    if (budget_.IsSpent()) return false;
    --counts_[kind];
    sums_ = sums;
    room_[kind] = 0;
  }
  room_ = room;
  return false;
}

}  // namespace

uint64_t MostOf(const std::vector<MemberKind>& kinds, const MemberLimit& limit) {
  uint64_t most = 0;
  limit.kinds.ForEach([&](size_t kind) {
    const uint64_t weight = limit.WeightOf(kinds, kind);
    most = SaturatingAdd(most, SaturatingMultiply(weight, kinds[kind].Capacity()));
  });
  return Clamp(limit, most);
}

std::optional<std::vector<MemberLimit>> Normalised(const std::vector<MemberKind>& kinds,
                                                   std::vector<MemberLimit> limits) {
  std::vector<MemberLimit> result;
  const auto add = [&](const MemberLimit& limit) {
    for (MemberLimit& other : result) {
      if (!other.SameMeasure(limit)) continue;
      other.low = std::max(other.low, limit.low);
      other.high = std::min(other.high, limit.high);
      return other.low <= other.high;
    }
    result.push_back(limit);
    return limit.low <= limit.high;
  };
  // What is forbidden becomes one limit, and other counts need not look at it.
  Mask forbidden(kinds.size());
  for (const MemberLimit& limit : limits) {
    if (limit.price == MemberLimit::kEach && limit.high == 0) forbidden = forbidden.Or(limit.kinds);
  }
  if (!forbidden.IsEmpty() && !add({.kinds = forbidden, .high = 0})) return std::nullopt;
  for (MemberLimit& limit : limits) {
    limit.kinds = limit.kinds.Minus(forbidden);
    const uint64_t most = MostOf(kinds, limit);
    if (most < limit.low) return std::nullopt;
    if (limit.low == 0 && most <= limit.high) continue;
    if (!add(limit)) return std::nullopt;
  }
  return result;
}

bool IsPossible(const std::vector<MemberKind>& kinds, const std::vector<MemberLimit>& limits,
                Budget& budget) {
  // Nearly always one member of each wanted sort will do, the cheapest one.
  const MemberLimit* affordable = nullptr;
  bool plain = true;
  for (const MemberLimit& limit : limits) {
    const bool is_count = limit.price == MemberLimit::kEach;
    const bool one = is_count && limit.low <= 1 && limit.high == kUnlimited;
    const bool cheap = !is_count && limit.low == 0 && affordable == nullptr;
    if (cheap) affordable = &limit;
    plain = plain && (one || cheap || limit.high == 0);
  }
  if (!plain) return FindMembers(kinds, limits, budget).has_value();
  uint64_t cost = 0;
  for (const MemberLimit& limit : limits) {
    if (affordable == nullptr || limit.low == 0) continue;
    uint64_t cheapest = kTooMuch;
    limit.kinds.ForEach([&](size_t kind) {
      const uint64_t price = affordable->kinds.Has(kind) ? affordable->WeightOf(kinds, kind) : 0;
      cheapest = std::min(cheapest, price);
    });
    cost = SaturatingAdd(cost, cheapest);
  }
  return affordable == nullptr || cost <= affordable->high ||
         FindMembers(kinds, limits, budget).has_value();
}

std::optional<std::vector<uint64_t>> FindMembers(const std::vector<MemberKind>& kinds,
                                                 const std::vector<MemberLimit>& limits,
                                                 Budget& budget) {
  const bool none_will_do = std::all_of(limits.begin(), limits.end(),
                                        [](const MemberLimit& limit) { return limit.low == 0; });
  if (none_will_do) return std::vector<uint64_t>(kinds.size(), 0);
  Search search(kinds, limits, budget);
  if (!search.Run()) return std::nullopt;
  return search.counts();
}

}  // namespace gavel::rules
