// The values of single facts, cut into cells that no rule tells apart.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "gavel/v1/facts.pb.h"
#include "rules/analysis/view.h"
#include "rules/evaluate/fact_table.h"

namespace gavel::rules {

enum CellAxis : size_t {
  kTitleAxis,
  kCategoryAxis,
  kClassificationAxis,  // With the system, which may raise it.
  kPersonalAxis,
  kReversibleAxis,
  kBlastRadiusAxis,
  kCoverageAxis,
  kCostAxis,  // What the author declares; what the catalog adds is a limit on the dependencies.
  kSystemCostAxis,
  kFirstPatternAxis,  // Whether a title matches: one axis for each pattern.
};

struct Cell {
  bool known = true;
  std::string name;  // Of an enum or a title; `true` or `false`.
  int64_t low = 0;   // Cents: the smallest and the largest of the cell.
  int64_t high = 0;
  std::optional<v1::StringFact> system;  // Set where the system matters.
  std::vector<FieldValue> values;        // What rules see, one per view.
};

struct CellTable {
  std::vector<std::vector<Cell>> axes;     // Cells that come first make the plainer examples.
  std::map<std::string, size_t> patterns;  // The axis of each pattern.
};

CellTable MakeCells(const std::vector<PolicyView>& views);

}  // namespace gavel::rules
