// The arithmetic of the cost section: its table's sum, and what it leaves out.
#pragma once

#include <vector>

#include "gavel/v1/facts.pb.h"
#include "rules/document/outline.h"
#include "rules/document/sections.h"

namespace gavel::rules {

// Warnings about the cost section: dependencies that no row names (GV311), rows that do not add up
// to the total (GV312), a total that is not the front matter's (GV313; both with 2 % of slack).
// Only tables with a `Low…` and a `High…` column are read; a section without one is left alone.
std::vector<v1::Finding> CheckCostTable(const FoundSection& cost, const Outline& outline,
                                        const v1::Facts& facts);

}  // namespace gavel::rules
