// The arithmetic that a row of the cost table shows: `4 × 0.096 × 730 h; high: +20 %`.
#pragma once

#include <optional>
#include <string_view>

namespace gavel::rules {

struct CostProduct {
  double value = 0;
  // The same with `M` and the like read as units: `105 M × 1.25` next to a price per million.
  double unscaled = 0;
  std::string_view text;            // The product alone: `4 × 0.096 × 730 h`.
  std::optional<double> said = {};  // What stands behind an `=`.
};

// The product that `how` starts with: two or more plain numbers, each with its unit, joined by `×`,
// `*`, `x`, `÷` or `/` with spaces around. It ends at `;`, `=` or the word `high`. Nothing where a
// factor is a word, a range or a percentage: then only people can tell. O(bytes).
std::optional<CostProduct> ReadCostProduct(std::string_view how);

}  // namespace gavel::rules
