// Every spec there could be, cut along all that the given rules tell apart: a few axes of cells,
// and a few sets whose members fall into kinds. A fact that is unknown is a cell of its own.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "rules/analysis/cells.h"
#include "rules/analysis/kinds.h"
#include "rules/analysis/view.h"

namespace gavel::rules {

class Space {
 public:
  // Policies and programs must outlive the space. O(tests × tiers).
  explicit Space(std::vector<PolicyView> views);

  const std::vector<PolicyView>& views() const { return views_; }
  const std::vector<Cell>& Cells(size_t axis) const { return cells_.axes[axis]; }
  const KindTable& Set(size_t axis) const { return sets_[axis]; }
  const std::vector<MemberKind>& Kinds(size_t axis) const { return sets_[axis].kinds(); }
  // The axis of cells that `leaf` tests; its field must be no set.
  size_t CellAxisOf(const Leaf& leaf) const;
  const std::map<std::string, size_t>& patterns() const { return cells_.patterns; }

 private:
  const std::vector<PolicyView> views_;
  const CellTable cells_;
  std::vector<KindTable> sets_;
};

}  // namespace gavel::rules
