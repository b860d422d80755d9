// The parts of the schemas that come from the fields and operators of rules.
#pragma once

#include <nlohmann/json.hpp>

#include "rules/condition/field.h"

namespace gavel::rules {

using SchemaJson = nlohmann::ordered_json;

// A rule's `when`: connectives and one test per field, with the operators of its type.
SchemaJson ConditionSchema();

// Facts by name, as rule tests write them.
SchemaJson FactsSchema();

// Values that people write.
SchemaJson TextSchema();
SchemaJson MoneySchema();
SchemaJson ListOf(SchemaJson item);
SchemaJson WordSchema(const std::vector<std::string>& words);

}  // namespace gavel::rules
