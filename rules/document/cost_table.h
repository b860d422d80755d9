// The arithmetic of the cost section: what it leaves out, and what does not add up.
#pragma once

#include <optional>
#include <vector>

#include "gavel/v1/facts.pb.h"
#include "rules/catalog/catalog_index.h"
#include "rules/document/outline.h"
#include "rules/document/sections.h"
#include "rules/document/value_reader.h"

namespace gavel::rules {

// Warnings about the cost section: dependencies that no row names (GV311), cells without an amount
// (GV315), rows that do not come to what their `How` says (GV314) or do not add up to the total
// (GV312), and amounts that are not the front matter's (GV313). All amounts have 2 % of slack.
// `in_a_year` is the front matter's `cost.in_a_year_usd`. A row names a dependency by its product,
// by an alias of the catalog or as it is written.
//
// Only tables with a `Low…` and a `High…` column are read; a section without one is left alone.
std::vector<v1::Finding> CheckCostTable(const FoundSection& cost, const Outline& outline,
                                        const v1::Facts& facts, const CatalogIndex& catalog,
                                        const std::optional<CentsRange>& in_a_year);

// GV311 about `dependency`. Its words name the dependency, so that what mends it can tell which.
v1::Finding UnpricedFinding(const v1::Dependency& dependency, int line);

}  // namespace gavel::rules
