#include "rules/analysis/box.h"

#include <algorithm>

namespace gavel::rules {
namespace {

template <typename Limits>
auto FindAxis(Limits& limits, size_t axis) -> decltype(&limits.front()) {
  for (auto& limit : limits) {
    if (limit.axis == axis) return &limit;
  }
  return nullptr;
}

// The limit of an axis, in place; free where there was none yet.
template <typename Limit>
Limit& LimitAt(std::vector<Limit>& limits, Limit free) {
  const auto at = std::find_if(limits.begin(), limits.end(),
                               [&](const Limit& one) { return one.axis >= free.axis; });
  if (at != limits.end() && at->axis == free.axis) return *at;
  return *limits.insert(at, std::move(free));
}

bool CellsOverlap(const Box& a, const Box& b) {
  return std::all_of(b.cells.begin(), b.cells.end(), [&](const CellLimit& limit) {
    const CellLimit* const other = a.FindCells(limit.axis);
    return other == nullptr || other->allowed.Meets(limit.allowed);
  });
}

// The specs that meet every limit of `a` meet `b`.
bool Implies(const std::vector<MemberLimit>& a, const MemberLimit& b) {
  return std::any_of(a.begin(), a.end(), [&](const MemberLimit& limit) {
    if (limit.price != b.price) return false;
    const bool low = b.low == 0 || (limit.low >= b.low && limit.kinds.IsWithin(b.kinds));
    const bool high =
        b.high == kUnlimited || (limit.high <= b.high && b.kinds.IsWithin(limit.kinds));
    return low && high;
  });
}

}  // namespace

const CellLimit* Box::FindCells(size_t axis) const { return FindAxis(cells, axis); }
const SetLimit* Box::FindSet(size_t axis) const { return FindAxis(sets, axis); }

std::optional<std::vector<uint64_t>> BoxAlgebra::Members(const SetLimit& limit) {
  if (!limit.known) return std::nullopt;
  return FindMembers(space_.Kinds(limit.axis), limit.members, budget_);
}

bool BoxAlgebra::Settle(SetLimit& limit) {
  if (limit.known) {
    auto members = Normalised(space_.Kinds(limit.axis), std::move(limit.members));
    limit.known = members.has_value();
    limit.members = members ? *std::move(members) : std::vector<MemberLimit>();
    limit.known = limit.known && IsPossible(space_.Kinds(limit.axis), limit.members, budget_);
    if (!limit.known) limit.members.clear();
  }
  return limit.known || limit.unknown;
}

std::optional<Box> BoxAlgebra::FromCells(size_t axis, Mask allowed) const {
  if (allowed.IsEmpty()) return std::nullopt;
  Box box;
  if (!allowed.IsAll()) box.cells.push_back({axis, std::move(allowed)});
  return box;
}

std::optional<Box> BoxAlgebra::FromSet(SetLimit limit) {
  if (!Settle(limit)) return std::nullopt;
  Box box;
  const bool free = limit.unknown && limit.known && limit.members.empty();
  if (!free) box.sets.push_back(std::move(limit));
  return box;
}

bool BoxAlgebra::Overlap(const Box& a, const Box& b) {
  if (!CellsOverlap(a, b)) return false;
  return std::all_of(b.sets.begin(), b.sets.end(), [&](const SetLimit& limit) {
    const SetLimit* const other = a.FindSet(limit.axis);
    if (other == nullptr || (other->unknown && limit.unknown)) return true;
    if (!other->known || !limit.known) return false;
    SetLimit both = *other;
    both.members.insert(both.members.end(), limit.members.begin(), limit.members.end());
    both.unknown = false;
    return Settle(both);
  });
}

std::optional<Box> BoxAlgebra::Intersect(const Box& a, const Box& b) {
  if (!CellsOverlap(a, b)) return std::nullopt;
  Box box = a;
  for (const CellLimit& limit : b.cells) {
    CellLimit& cells = LimitAt(box.cells, limit);
    cells.allowed = cells.allowed.And(limit.allowed);
  }
  for (const SetLimit& limit : b.sets) {
    if (a.FindSet(limit.axis) == nullptr) {
      LimitAt(box.sets, limit);
      continue;
    }
    SetLimit& set = LimitAt(box.sets, limit);
    set.unknown = set.unknown && limit.unknown;
    set.known = set.known && limit.known;
    set.members.insert(set.members.end(), limit.members.begin(), limit.members.end());
    if (!Settle(set)) return std::nullopt;
  }
  return box;
}

// The parts of `a` whose set is outside `b`: one for each limit that it may break, those before it
// kept.
void BoxAlgebra::SubtractSet(const Box& a, const SetLimit& b, std::vector<Box>& pieces) {
  const SetLimit* const found = a.FindSet(b.axis);
  const SetLimit whole = found != nullptr ? *found : SetLimit{.axis = b.axis, .members = {}};
  const auto add = [&](SetLimit limit) {
    if (!Settle(limit)) return;
    Box piece = a;
    LimitAt(piece.sets, limit) = limit;
    pieces.push_back(std::move(piece));
  };
  if (whole.unknown && !b.unknown) add({.axis = b.axis, .known = false, .members = {}});
  if (!whole.known) return;
  SetLimit kept = whole;
  kept.unknown = false;
  if (!b.known) return add(kept);
  for (const MemberLimit& limit : b.members) {
    SetLimit broken = kept;
    if (limit.low > 0) {
      MemberLimit below = limit;
      below.low = 0;
      below.high = limit.low - 1;
      broken.members.push_back(below);
      add(broken);
      broken = kept;
    }
    if (limit.high < kUnlimited) {
      MemberLimit above = limit;
      above.low = limit.high + 1;
      above.high = kUnlimited;
      broken.members.push_back(above);
      add(broken);
    }
    kept.members.push_back(limit);
  }
}

std::vector<Box> BoxAlgebra::Subtract(const Box& a, const Box& b) {
  std::vector<Box> pieces;
  Box rest = a;
  for (const CellLimit& limit : b.cells) {
    CellLimit& cells = LimitAt(rest.cells, CellLimit{limit.axis, Mask::All(limit.allowed.size())});
    const Mask outside = cells.allowed.Minus(limit.allowed);
    const Mask inside = cells.allowed.And(limit.allowed);
    if (!outside.IsEmpty()) {
      cells.allowed = outside;
      pieces.push_back(rest);
    }
    if (inside.IsEmpty()) return pieces;
    cells.allowed = inside;
  }
  for (const SetLimit& limit : b.sets) {
    SubtractSet(rest, limit, pieces);
    Box one;
    one.sets.push_back(limit);
    std::optional<Box> inside = Intersect(rest, one);
    if (!inside) return pieces;
    rest = *std::move(inside);
  }
  return pieces;
}

bool CellsWithin(const Box& a, const Box& b) {
  return std::all_of(b.cells.begin(), b.cells.end(), [&](const CellLimit& limit) {
    const CellLimit* const cells = a.FindCells(limit.axis);
    return cells != nullptr && cells->allowed.IsWithin(limit.allowed);
  });
}

bool SetsWithin(const Box& a, const Box& b) {
  return std::all_of(b.sets.begin(), b.sets.end(), [&](const SetLimit& limit) {
    const SetLimit* const set = a.FindSet(limit.axis);
    if (set == nullptr || (set->unknown && !limit.unknown)) return false;
    if (!set->known) return true;
    return limit.known &&
           std::all_of(limit.members.begin(), limit.members.end(),
                       [&](const MemberLimit& wanted) { return Implies(set->members, wanted); });
  });
}

}  // namespace gavel::rules
