#include "rules/schema/condition_schema.h"

#include <fmt/format.h>

#include "rules/compile/fact_setter.h"
#include "rules/condition/program.h"

namespace gavel::rules {
namespace {

constexpr int kMaxSize = 1000;

SchemaJson Ref(std::string_view definition) {
  return {{"$ref", fmt::format("#/definitions/{}", definition)}};
}

// A value of the field as a rule writes it.
SchemaJson NameSchema(const FieldInfo& field) {
  if (field.values.empty()) return TextSchema();
  return WordSchema({field.values.begin(), field.values.end()});
}

SchemaJson OperandSchema(const FieldInfo& field, Op op) {
  switch (op) {
    case Op::kStated:
      return {{"type", "boolean"}};
    case Op::kLt:
    case Op::kLte:
    case Op::kGt:
    case Op::kGte:
      return MoneySchema();
    case Op::kBetween: {
      SchemaJson range = ListOf(MoneySchema());
      range["minItems"] = range["maxItems"] = 2;
      return range;
    }
    case Op::kIn:
    case Op::kNotIn:
      return ListOf(NameSchema(field));
    case Op::kOnlyIn:
    case Op::kAnyIn:
    case Op::kNoneIn:
      return {{"anyOf", {TextSchema(), ListOf(TextSchema())}}};
    case Op::kIs:
      if (field.type == FieldType::kBool) return {{"type", "boolean"}};
      return NameSchema(field);
    default:
      return NameSchema(field);
  }
}

// `size_gt` is written `size: {gt: …}`.
bool IsSize(std::string_view word) { return word.starts_with("size_"); }

SchemaJson TestSchema(const FieldInfo& field) {
  SchemaJson operators = SchemaJson::object();
  SchemaJson sizes = SchemaJson::object();
  for (const std::string& word : OpWordsOf(field.type)) {
    if (IsSize(word)) {
      sizes[word.substr(5)] = {{"type", "integer"}, {"minimum", 0}, {"maximum", kMaxSize}};
    } else {
      operators[word] = OperandSchema(field, *FindOp(word));
    }
  }
  if (!sizes.empty()) {
    operators["size"] = {{"type", "object"},
                         {"minProperties", 1},
                         {"maxProperties", 1},
                         {"properties", sizes},
                         {"additionalProperties", false},
                         {"description", "How many entries it has."}};
    operators["or_none"] = {
        {"type", "boolean"},
        {"description", "Whether `only_in` holds on a set that is known to be empty."}};
  }
  return {{"type", "object"},
          {"description", fmt::format("A test of {}.", field.noun)},
          {"minProperties", 1},
          {"maxProperties", sizes.empty() ? 1 : 2},
          {"additionalProperties", false},
          {"properties", operators}};
}

SchemaJson AnyOf(std::initializer_list<SchemaJson> choices) {
  SchemaJson list = SchemaJson::array();
  for (const SchemaJson& choice : choices) list.push_back(choice);
  return {{"anyOf", list}};
}

SchemaJson FactSchema(const std::string& name) {
  const SchemaJson unknown = WordSchema({"unknown"});
  if (name == "deps") return AnyOf({WordSchema({"none", "unknown"}), ListOf(TextSchema())});
  if (name == "review.wants") return WordSchema({"auto", "async", "sync", "unknown"});
  const FieldInfo* const field = FindField(name);
  if (field == nullptr) return TextSchema();
  switch (field->type) {
    case FieldType::kBool:
      return AnyOf({{{"type", "boolean"}}, unknown});
    case FieldType::kMoney:
      return AnyOf({unknown, Ref("range"), MoneySchema()});
    case FieldType::kSet:
      return AnyOf({unknown, ListOf(TextSchema())});
    default:
      return AnyOf({unknown, NameSchema(*field)});
  }
}

}  // namespace

SchemaJson TextSchema() { return {{"type", "string"}, {"minLength", 1}}; }

SchemaJson MoneySchema() { return {{"type", "number"}, {"minimum", 0}}; }

SchemaJson ListOf(SchemaJson item) { return {{"type", "array"}, {"items", std::move(item)}}; }

SchemaJson WordSchema(const std::vector<std::string>& words) { return {{"enum", words}}; }

SchemaJson ConditionSchema() {
  SchemaJson list = ListOf(Ref("condition"));
  list["minItems"] = 1;
  SchemaJson properties = {{"all", list}, {"any", list}, {"not", Ref("condition")}};
  properties["all"]["description"] = "True where all are.";
  properties["any"]["description"] = "True where one is.";
  for (const FieldInfo& field : AllFields())
    properties[std::string(field.name)] = TestSchema(field);
  return {{"type", "object"},
          {"minProperties", 1},
          {"maxProperties", 1},
          {"additionalProperties", false},
          {"properties", properties}};
}

SchemaJson FactsSchema() {
  SchemaJson properties = SchemaJson::object();
  for (const std::string& name : FactNames()) {
    properties[name] = FactSchema(name);
    if (const FieldInfo* field = FindField(name))
      properties[name]["description"] = fmt::format("What {} is.", field->noun);
  }
  return {{"type", "object"}, {"additionalProperties", false}, {"properties", properties}};
}

}  // namespace gavel::rules
