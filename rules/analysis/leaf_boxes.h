// The specs on which one test, or a whole condition, has some truth.
#pragma once

#include <optional>
#include <vector>

#include "rules/analysis/box.h"
#include "rules/condition/program.h"

namespace gavel::rules {

// What is asked of a truth.
enum class Wanted { kTrue, kFalse, kNotFalse, kNotTrue };

// Boxes, not always disjoint, that together are the specs on which `leaf` is as wanted under the
// policy of `view`.
std::vector<Box> LeafBoxes(const Leaf& leaf, Wanted wanted, size_t view, BoxAlgebra& algebra);

// The same for a condition; nothing where it takes more than kMaxBoxesPerRule boxes.
std::optional<std::vector<Box>> ConditionBoxes(const Program& program, Wanted wanted, size_t view,
                                               BoxAlgebra& algebra);

}  // namespace gavel::rules
