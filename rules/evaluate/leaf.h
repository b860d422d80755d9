// The truth of one test, and its words.
#pragma once

#include <string>

#include "gavel/v1/date.pb.h"
#include "gavel/v1/verdict.pb.h"
#include "rules/catalog/catalog_index.h"
#include "rules/condition/program.h"
#include "rules/evaluate/fact_table.h"

namespace gavel::rules {

// False, unknown or true; only `stated` is never unknown. Sets of the catalog are those of `as_of`.
v1::Truth LeafTruth(const Leaf& leaf, const FieldValue& value, const CatalogIndex& catalog,
                    const v1::Date& as_of);

// Whether `name` is one that `leaf` lists, or a member of one of its sets on `as_of`.
bool IsMember(const Leaf& leaf, const std::string& name, const CatalogIndex& catalog,
              const v1::Date& as_of);

// What the rule wants, for people: `@standard (6 tiers)`, `2,000 USD`.
std::string WantText(const Leaf& leaf, const Policy& policy, const v1::Date& as_of);

// Why the test is not true, as a clause: `postgres/dedicated-xl is not in @standard`.
std::string ObstacleText(const Leaf& leaf, const FieldValue& value, const Policy& policy,
                         const v1::Date& as_of);

}  // namespace gavel::rules
