// The sentence of a cost section that says what it costs a month, a year after launch.
#pragma once

#include <cstdint>
#include <optional>

#include "rules/document/outline.h"
#include "rules/document/sections.h"

namespace gavel::rules {

struct CostInAYear {
  int64_t low = 0;  // Cents, a month.
  int64_t high = 0;
  int line = 0;
};

// The first `775 to 985 a month` of the paragraph that starts with `In a year`. Amounts count only
// with `a month`, `per month` or `/month` behind them: a year has many other numbers. Nothing where
// there is none.
std::optional<CostInAYear> FindCostInAYear(const FoundSection& cost, const Outline& outline);

}  // namespace gavel::rules
