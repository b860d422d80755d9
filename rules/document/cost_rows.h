// The table of a cost section: which columns and rows it has, and what its cells say.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rules/document/outline.h"
#include "rules/document/sections.h"

namespace gavel::rules {

// The cells of a table row, trimmed, as parts of `line`; empty for a line that is no row. `\|` is
// part of a cell.
std::vector<std::string_view> TableCells(std::string_view line);

// What stands where an amount belongs.
struct AmountCell {
  std::string text;              // As written.
  std::optional<int64_t> cents;  // Nothing where it cannot be read; 0 for `-`, `none` or nothing.
};

struct CostRow {
  std::string name;  // First cell in lower case, without markup.
  AmountCell low;
  AmountCell high;
  std::string how;  // As written; empty where there is no such column.
  int line = 0;
};

struct CostTable {
  // Columns from 0; `how` is 0 where there is none.
  size_t columns = 0;
  size_t low = 0;
  size_t high = 0;
  size_t how = 0;
  int header_line = 0;
  std::vector<CostRow> rows;  // Those above the total.
  std::optional<CostRow> total;
  std::optional<CostRow> in_a_year;  // A row of that name, above or below the total.
};

// The first table of the section that has a `Low…` and a `High…` column, down to the first line
// that is no row. Nothing where there is none.
std::optional<CostTable> ReadCostTable(const FoundSection& cost, const Outline& outline);

struct CostSums {
  int64_t low = 0;  // Cents.
  int64_t high = 0;
};

// The sums of the columns; nothing where a cell cannot be read, or on overflow.
std::optional<CostSums> SumsOf(const CostTable& table);

// Equal but for rounding: 2 % of the larger and one whole unit.
bool SameAmount(int64_t a_cents, int64_t b_cents);

}  // namespace gavel::rules
