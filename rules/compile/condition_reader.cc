#include "rules/compile/condition_reader.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>

#include "rules/compile/owner.h"
#include "rules/text/words.h"

namespace gavel::rules {
namespace {

// A pattern may not grow into more memory than this.
constexpr int64_t kMaxPatternBytes = 64 * 1024;

std::vector<std::string> FieldNames() {
  std::vector<std::string> names;
  for (const FieldInfo& info : AllFields()) names.emplace_back(info.name);
  return names;
}

}  // namespace

std::vector<std::string> NamesOf(const FieldInfo& field, const v1::Org& org,
                                 const v1::Catalog& catalog, const CatalogIndex& index) {
  switch (field.names) {
    case NameSpace::kCategories:
      return {org.categories().begin(), org.categories().end()};
    case NameSpace::kTiers:
      return index.TierNames();
    case NameSpace::kRegions:
      return IdsOf(catalog.regions());
    case NameSpace::kSections:
      return IdsOf(org.sections());
    case NameSpace::kProducts:
      return IdsOf(catalog.products());
    case NameSpace::kNone:
      break;
  }
  return {field.values.begin(), field.values.end()};
}

v1::RuleCondition ConditionReader::Read(const YamlNode& node) {
  leaves_ = 0;
  v1::RuleCondition condition = ReadNode(node, 1);
  if (leaves_ > kMaxLeaves) {
    file_.Error(node, "GV509",
                fmt::format("{} tests in one rule; at most {} are allowed. Split it.", leaves_,
                            kMaxLeaves));
  }
  return condition;
}

v1::RuleCondition ConditionReader::ReadNode(const YamlNode& node, int depth) {
  v1::RuleCondition condition;
  if (depth > kMaxDepth) {
    file_.Error(node, "GV509",
                fmt::format("Nested deeper than {} levels. Split the rule.", kMaxDepth));
    return condition;
  }
  if (!node.IsMapping() || node.entries.size() != 1) {
    file_.Error(node, "GV504",
                "One of `all: […]`, `any: […]`, `not: …` or `field: {op: value}` is wanted here.");
    return condition;
  }
  const auto& [key, value] = node.entries.front();
  if (key.value == "all") {
    ReadList(value, depth, *condition.mutable_all());
  } else if (key.value == "any") {
    ReadList(value, depth, *condition.mutable_any());
  } else if (key.value == "not") {
    *condition.mutable_negated() = ReadNode(value, depth + 1);
  } else {
    ++leaves_;
    ReadLeaf(key, value, *condition.mutable_leaf());
  }
  return condition;
}

void ConditionReader::ReadList(const YamlNode& node, int depth, v1::RuleConditionList& list) {
  const std::vector<YamlNode>& items = file_.Items(node);
  if (node.IsSequence() && items.empty())
    file_.Error(node, "GV504", "At least one test is wanted here.");
  for (const YamlNode& item : items) *list.add_conditions() = ReadNode(item, depth + 1);
}

void ConditionReader::ReadLeaf(const YamlNode& name, const YamlNode& test,
                               v1::Predicate& predicate) {
  predicate.set_field(name.value);
  const FieldInfo* const field = FindField(name.value);
  if (field == nullptr) return file_.Unknown(name, "field", name.value, FieldNames(), "R001");
  const YamlNode* const or_none = test.Find("or_none");
  if (!test.IsMapping() || test.entries.size() != (or_none != nullptr ? 2u : 1u)) {
    return file_.Error(test, "GV504",
                       fmt::format("One operator is wanted here, such as {{{}: …}}.",
                                   OpWordsOf(field->type).front()));
  }
  const YamlEntry& entry = test.entries[or_none == &test.entries.front().value ? 1 : 0];
  std::string word = entry.key.value;
  const YamlNode* operand = &entry.value;
  if (word == "size" && operand->IsMapping() && operand->entries.size() == 1) {
    word += "_" + operand->entries.front().key.value;
    operand = &operand->entries.front().value;
  }
  const auto op = FindOp(word);
  if (!op || !Applies(*op, field->type)) {
    return file_.Error(
        entry.key, "R002",
        fmt::format("`{}` is not defined for `{}`. Use one of {}.{}", word, field->name,
                    JoinComma(OpWordsOf(field->type)), DidYouMean(word, OpWordsOf(field->type))));
  }
  predicate.set_op(word);
  if (or_none != nullptr) {
    predicate.set_or_none(file_.Bool(*or_none));
    if (*op != Op::kOnlyIn) file_.Error(*or_none, "R002", "`or_none` belongs to `only_in`.");
  }
  ReadOperands(*field, *op, *operand, predicate);
}

void ConditionReader::ReadOperands(const FieldInfo& field, Op op, const YamlNode& node,
                                   v1::Predicate& predicate) {
  const bool list = node.IsSequence();
  switch (op) {
    case Op::kStated:
      predicate.add_args(file_.Bool(node) ? "true" : "false");
      return;
    case Op::kMatches:
      return AddPattern(node, predicate);
    case Op::kLt:
    case Op::kLte:
    case Op::kGt:
    case Op::kGte:
      return AddAmount(node, predicate);
    case Op::kBetween:
      if (!list || node.items.size() != 2)
        return file_.Error(node, "GV504", "Two amounts are wanted here: [low, high].");
      for (const YamlNode& item : node.items) AddAmount(item, predicate);
      return;
    case Op::kSizeLt:
    case Op::kSizeLte:
    case Op::kSizeGt:
    case Op::kSizeGte:
      predicate.add_args(fmt::format("{}", file_.Int(node, 0, 1000)));
      return;
    case Op::kOnlyIn:
    case Op::kAnyIn:
    case Op::kNoneIn:
      if (!list) return AddName(field, node, true, predicate);
      for (const YamlNode& item : node.items) AddName(field, item, true, predicate);
      return;
    case Op::kIn:
    case Op::kNotIn:
      for (const YamlNode& item : file_.Items(node)) AddName(field, item, false, predicate);
      return;
    case Op::kIs:
      if (field.type == FieldType::kBool) {
        predicate.add_args(file_.Bool(node) ? "true" : "false");
        return;
      }
      return AddName(field, node, false, predicate);
    case Op::kAtLeast:
    case Op::kAtMost:
    case Op::kHas:
    case Op::kLacks:
      return AddName(field, node, false, predicate);
  }
}

void ConditionReader::AddName(const FieldInfo& field, const YamlNode& node, bool set_allowed,
                              v1::Predicate& predicate) {
  const std::string name = file_.Text(node);
  if (name.empty()) return;
  if (name.starts_with('@') && set_allowed) return AddSet(field, node, predicate);
  predicate.add_args(name);
  if (field.type == FieldType::kString) return;
  const std::vector<std::string> names = NamesOf(field, org_, catalog_, index_);
  if (std::find(names.begin(), names.end(), name) != names.end()) return;
  const bool section = field.names == NameSpace::kSections;
  file_.Unknown(node, fmt::format("value of `{}`", field.name), name, names,
                section ? "R007" : "R003");
}

void ConditionReader::AddSet(const FieldInfo& field, const YamlNode& node,
                             v1::Predicate& predicate) {
  const std::string id = node.value.substr(1);
  predicate.add_args(node.value);
  std::vector<std::string> fitting;
  for (const v1::CatalogSet& set : catalog_.sets()) {
    const NameSpace names = set.of_regions() ? NameSpace::kRegions : NameSpace::kTiers;
    if (names == field.names) fitting.push_back(set.id());
  }
  if (std::find(fitting.begin(), fitting.end(), id) != fitting.end()) return;
  file_.Unknown(node, fmt::format("set for `{}`", field.name), id, fitting, "R004");
}

void ConditionReader::AddAmount(const YamlNode& node, v1::Predicate& predicate) {
  predicate.add_args(fmt::format("{}", file_.Cents(node)));
}

void ConditionReader::AddPattern(const YamlNode& node, v1::Predicate& predicate) {
  const std::string pattern = file_.Text(node);
  re2::RE2::Options options(re2::RE2::Quiet);
  options.set_max_mem(kMaxPatternBytes);
  const re2::RE2 compiled(pattern, options);
  if (!compiled.ok()) file_.Error(node, "R003", fmt::format("No pattern: {}.", compiled.error()));
  predicate.add_args(pattern);
}

}  // namespace gavel::rules
