// A box of specs: what each axis may be, independently of the others. Limits stand for the axes
// that they narrow; any other is free.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "rules/analysis/budget.h"
#include "rules/analysis/mask.h"
#include "rules/analysis/members.h"
#include "rules/analysis/space.h"

namespace gavel::rules {

struct CellLimit {
  size_t axis;
  Mask allowed;
};

// A set is unknown, or known with its members within limits.
struct SetLimit {
  size_t axis;
  bool unknown = true;
  bool known = true;
  std::vector<MemberLimit> members;  // Of a known set.
};

struct Box {
  std::vector<CellLimit> cells;  // By axis, each narrower than all.
  std::vector<SetLimit> sets;    // By axis.

  const CellLimit* FindCells(size_t axis) const;
  const SetLimit* FindSet(size_t axis) const;
};

// Whether every spec of `a` meets the limits of `b` on cells, or on sets, as far as a look at the
// limits tells: never wrongly true.
bool CellsWithin(const Box& a, const Box& b);
bool SetsWithin(const Box& a, const Box& b);

// Set operations on boxes of one space. Exact as long as the budget lasts; a box that is returned
// holds at least one spec.
class BoxAlgebra {
 public:
  // Both must outlive the algebra.
  BoxAlgebra(const Space& space, Budget& budget) : space_(space), budget_(budget) {}

  const Space& space() const { return space_; }
  Budget& budget() { return budget_; }

  // A box with one limit; nothing where no spec meets it.
  std::optional<Box> FromCells(size_t axis, Mask allowed) const;
  std::optional<Box> FromSet(SetLimit limit);
  // Whether some spec is in both.
  bool Overlap(const Box& a, const Box& b);
  // The specs in both.
  std::optional<Box> Intersect(const Box& a, const Box& b);
  // Disjoint boxes that together are `a` without `b`.
  std::vector<Box> Subtract(const Box& a, const Box& b);
  // The members to take for a set within `limit`; nothing where it can only be unknown.
  std::optional<std::vector<uint64_t>> Members(const SetLimit& limit);

 private:
  // Normalises; false where no set meets the limit.
  bool Settle(SetLimit& limit);
  void SubtractSet(const Box& a, const SetLimit& b, std::vector<Box>& pieces);

  const Space& space_;
  Budget& budget_;
};

}  // namespace gavel::rules
