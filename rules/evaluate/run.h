// Running one compiled condition over the facts.
#pragma once

#include <cstdint>
#include <vector>

#include "gavel/v1/date.pb.h"
#include "gavel/v1/verdict.pb.h"
#include "rules/catalog/catalog_index.h"
#include "rules/condition/program.h"
#include "rules/evaluate/fact_table.h"

namespace gavel::rules {

struct Outcome {
  v1::Truth truth = v1::TRUTH_FALSE;
  // Bit i: leaf i is unknown and it is why the whole is unknown. Zero where the whole is not.
  uint64_t undecided = 0;
  std::vector<v1::Truth> leaves;
};

// Kleene's connectives: with false < unknown < true, `all` is the minimum, `any` the maximum, `not`
// swaps false and true.
Outcome RunProgram(const Program& program, const FactTable& facts, const CatalogIndex& catalog,
                   const v1::Date& as_of);

}  // namespace gavel::rules
