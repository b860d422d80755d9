// What is left of a box when others are taken away.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "rules/analysis/box.h"

namespace gavel::rules {

// Calls `visit` with disjoint boxes that together are `box` without `covers`, until it returns
// true. Returns whether it did.
bool VisitUncovered(const Box& box, const std::vector<const Box*>& covers, BoxAlgebra& algebra,
                    const std::function<bool(Box)>& visit);

// One of them; nothing where `covers` hold the whole box.
std::optional<Box> FindUncovered(const Box& box, const std::vector<const Box*>& covers,
                                 BoxAlgebra& algebra);

}  // namespace gavel::rules
