// Facts written by hand, field by field, for rule tests: `cost.monthly_usd: {low: 100, high:
// 2500}`.
#pragma once

#include <string>
#include <vector>

#include "gavel/v1/facts.pb.h"
#include "rules/compile/file_reader.h"
#include "rules/policy.h"

namespace gavel::rules {

// Sets the fact `key.value` of `facts` from `value`; the word `unknown` states it unknown. `deps`
// is the list of dependencies, `none` an empty one. Mistakes are reported through `file`.
void SetFact(const YamlNode& key, const YamlNode& value, const Policy& policy, FileReader& file,
             v1::Facts& facts);

// Makes the fact `key.value` missing.
void UnsetFact(const YamlNode& key, FileReader& file, v1::Facts& facts);

// Every name that SetFact knows, sorted.
std::vector<std::string> FactNames();

// Facts of which nothing is known, but that the document was read.
v1::Facts BlankFacts();

}  // namespace gavel::rules
