#include "rules/schema/json_schema.h"

#include <fmt/format.h>
#include <google/protobuf/descriptor.pb.h>

#include <algorithm>
#include <set>

#include "engine/base/status_macros.h"
#include "rules/compile/fact_setter.h"
#include "rules/document/value_reader.h"
#include "rules/schema/condition_schema.h"
#include "rules/schema/field_comments.h"
#include "rules/schema/keys.h"

namespace gavel::rules {
namespace {

struct Root {
  std::string_view name;
  Shape shape;
  std::string_view title;
};

constexpr Root kRoots[] = {
    {"front-matter", Shape::kFrontMatter, "Gavel spec front matter, version 1"},
    {"catalog", Shape::kCatalog, "Gavel catalog (catalog.yaml), version 1"},
    {"rules", Shape::kRuleSet, "Gavel rule set (rules.yaml), version 1"},
    {"rules.test", Shape::kRuleTest, "Gavel rule tests (rules.test.yaml), version 1"},
    {"org", Shape::kOrg, "Gavel organisation (org.yaml), version 1"},
};

SchemaJson Pattern(std::string_view pattern) {
  return {{"type", "string"}, {"pattern", fmt::format("^(?:{})$", pattern)}};
}

SchemaJson Ref(const std::string& definition) { return {{"$ref", "#/definitions/" + definition}}; }

// Names of definitions, in the order of the enum.
constexpr std::string_view kShapeNames[] = {"",
                                            "front_matter",
                                            "review",
                                            "open_decision",
                                            "dependency",
                                            "data",
                                            "cost",
                                            "range",
                                            "change",
                                            "catalog",
                                            "product",
                                            "tier",
                                            "detect",
                                            "mapping",
                                            "backstage_mapping",
                                            "resources",
                                            "region",
                                            "set",
                                            "tier_selector",
                                            "region_selector",
                                            "rule_set",
                                            "default",
                                            "breaker",
                                            "rule",
                                            "waiver",
                                            "effect",
                                            "auto_approve",
                                            "require",
                                            "reviewers",
                                            "needs_author",
                                            "flag",
                                            "rule_test",
                                            "test_case",
                                            "expect",
                                            "contains",
                                            "table",
                                            "org",
                                            "person",
                                            "service",
                                            "calendar",
                                            "area",
                                            "settings",
                                            "gate",
                                            "series",
                                            "moment",
                                            "builtin_areas",
                                            "system"};
static_assert(std::size(kShapeNames) == kShapeCount);

// Makes one schema: the mapping of the root, and a definition for each mapping below it.
class Builder {
 public:
  explicit Builder(const FieldComments& comments) : comments_(comments) {}

  SchemaJson Build(const Root& root) {
    SchemaJson schema = {{"$schema", "http://json-schema.org/draft-07/schema#"},
                         {"$id", fmt::format("https://gavel.dev/schemas/{}/1.json", root.name)},
                         {"title", root.title}};
    schema.update(Mapping(root.shape));
    if (!definitions_.empty()) schema["definitions"] = definitions_;
    return schema;
  }

 private:
  SchemaJson Mapping(Shape shape);
  SchemaJson ValueOf(const KeySpec& key);
  SchemaJson ItemOf(const KeySpec& key);
  SchemaJson Contained(const KeySpec& key, SchemaJson item);
  SchemaJson Words(const KeySpec& key);
  SchemaJson Defined(const std::string& name, SchemaJson (*make)());
  SchemaJson Shaped(Shape shape);

  const FieldComments& comments_;
  SchemaJson definitions_ = SchemaJson::object();
};

SchemaJson Builder::Mapping(Shape shape) {
  SchemaJson properties = SchemaJson::object(), required = SchemaJson::array();
  for (const KeySpec& key : KeysOf(shape)) {
    const std::string name(key.key);
    properties[name] = ValueOf(key);
    if (key.required) required.push_back(name);
  }
  SchemaJson mapping = {{"type", "object"}, {"additionalProperties", false}};
  if (shape == Shape::kFrontMatter) mapping["patternProperties"] = {{"^x-[a-z0-9-]+$", true}};
  if (shape == Shape::kEffect || shape == Shape::kSet)
    mapping["minProperties"] = mapping["maxProperties"] = 1;
  if (!required.empty()) mapping["required"] = required;
  mapping["properties"] = properties;
  return mapping;
}

// A mapping with its description. `$ref` hides what stands beside it, so it gets a place of its
// own.
SchemaJson Builder::ValueOf(const KeySpec& key) {
  SchemaJson value = Contained(key, ItemOf(key));
  std::vector<std::string> words;
  if (key.none) words.emplace_back("none");
  if (key.unknown) words.emplace_back("unknown");
  if (!words.empty()) value = {{"anyOf", {WordSchema(words), value}}};
  if (value.contains("$ref")) value = {{"allOf", {value}}};
  SchemaJson described = {{"description", comments_.DescriptionOf(key)}};
  described.update(value);
  return described;
}

SchemaJson Builder::Contained(const KeySpec& key, SchemaJson item) {
  switch (key.container) {
    case Container::kOne:
      return item;
    case Container::kMap:
      return {{"type", "object"}, {"additionalProperties", std::move(item)}};
    case Container::kOneOrList:
      return {{"anyOf", {std::move(item), ListOf(TextSchema())}}};
    case Container::kList:
      break;
  }
  SchemaJson list = ListOf(std::move(item));
  if (key.kind == Kind::kInt) return list;  // There the limits are those of each number.
  if (key.min > 0) list["minItems"] = key.min;
  if (key.max > 0) list["maxItems"] = key.max;
  if (key.kind != Kind::kShape) list["uniqueItems"] = true;
  return list;
}

SchemaJson Builder::Words(const KeySpec& key) {
  std::vector<std::string> words(key.words.begin(), key.words.end());
  if (words.empty() && !key.of.empty()) {
    const auto values = FindField(key.of)->values;
    words.assign(values.begin(), values.end());
  }
  return WordSchema(words.empty() ? comments_.WordsOf(key) : words);
}

SchemaJson Builder::Defined(const std::string& name, SchemaJson (*make)()) {
  if (!definitions_.contains(name)) definitions_[name] = make();
  return Ref(name);
}

SchemaJson Builder::Shaped(Shape shape) {
  const std::string name(kShapeNames[static_cast<size_t>(shape)]);
  if (!definitions_.contains(name)) {
    definitions_[name] = true;  // Keeps the place while what is below it is made.
    definitions_[name] = Mapping(shape);
  }
  return Ref(name);
}

SchemaJson Builder::ItemOf(const KeySpec& key) {
  switch (key.kind) {
    case Kind::kText: {
      SchemaJson text = TextSchema();
      if (key.min > 0 && key.container == Container::kOne) text["minLength"] = key.min;
      if (key.max > 0 && key.container == Container::kOne) text["maxLength"] = key.max;
      return text;
    }
    case Kind::kId:
      return Pattern("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");
    case Kind::kRuleId:
      return Pattern("[a-z0-9/-]{1,80}");
    case Kind::kPrefix:
      return Pattern("[A-Z][A-Z0-9]{1,9}");
    case Kind::kCurrency:
      return Pattern("[A-Z]{3}");
    case Kind::kSlug:
      return Pattern(PatternOf(Form::kSlug));
    case Kind::kProductTier:
      return Pattern(PatternOf(Form::kDependency));
    case Kind::kSpecKey:
      return Pattern(PatternOf(Form::kKey));
    case Kind::kPersonName:
      return Pattern(PatternOf(Form::kPerson));
    case Kind::kQuantity:
      return Pattern(PatternOf(Form::kQuantity));
    case Kind::kGrowth:
      return Pattern(PatternOf(Form::kGrowth));
    case Kind::kUri:
      return Pattern(PatternOf(Form::kUri));
    case Kind::kBool:
      return {{"type", "boolean"}};
    case Kind::kInt:
      return {{"type", "integer"}, {"minimum", key.min}, {"maximum", key.max}};
    case Kind::kMoney:
      return MoneySchema();
    case Kind::kMoneyRange:
      return {{"anyOf", {MoneySchema(), Shaped(Shape::kRange)}}};
    case Kind::kPercent:
      return Pattern("(0|[1-9][0-9]?|100)%");
    case Kind::kDays:
      return Pattern("[1-9][0-9]{0,3}d");
    case Kind::kDay:
      return Pattern("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    case Kind::kDayOrMonths:
      return Pattern("[0-9]{4}-[0-9]{2}-[0-9]{2}|[1-9][0-9]{0,2}m");
    case Kind::kMinute:
      return Pattern("[0-2][0-9]:[0-5][0-9]");
    case Kind::kHours:
      return Pattern("[0-2][0-9]:[0-5][0-9]-[0-2][0-9]:[0-5][0-9]");
    case Kind::kWord:
      return Words(key);
    case Kind::kLiteral:
      return key.words[0] == "1" ? SchemaJson{{"const", 1}} : SchemaJson{{"const", key.words[0]}};
    case Kind::kTexts: {
      SchemaJson list = ListOf(TextSchema());
      list["uniqueItems"] = true;
      if (key.max > 0) list["maxItems"] = key.max;
      return list;
    }
    case Kind::kShape:
      return Shaped(key.shape);
    case Kind::kCondition:
      return Defined("condition", ConditionSchema);
    case Kind::kFacts:
      Shaped(Shape::kRange);  // Costs refer to it.
      return Defined("facts", FactsSchema);
    case Kind::kFactNames:
      return ListOf(WordSchema(FactNames()));
    case Kind::kRows:
      return ListOf({{"type", "array"}});
  }
  return true;
}

}  // namespace

const std::vector<std::string_view>& SchemaNames() {
  static const auto* const kNames = [] {
    auto* names = new std::vector<std::string_view>();
    for (const Root& root : kRoots) names->push_back(root.name);
    return names;
  }();
  return *kNames;
}

absl::StatusOr<std::string> JsonSchema(std::string_view name,
                                       const google::protobuf::FileDescriptorSet& descriptors) {
  const auto root = std::find_if(std::begin(kRoots), std::end(kRoots),
                                 [&](const Root& one) { return one.name == name; });
  if (root == std::end(kRoots)) return absl::NotFoundError(fmt::format("No schema `{}`.", name));
  const FieldComments comments(descriptors);
  GAVEL_RETURN_IF_ERROR(comments.CheckComplete());
  return Builder(comments).Build(*root).dump(2) + "\n";
}

}  // namespace gavel::rules
