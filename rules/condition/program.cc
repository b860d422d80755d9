#include "rules/condition/program.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <charconv>

namespace gavel::rules {
namespace {

enum TypeBit : unsigned {
  kOnString = 1u << static_cast<unsigned>(FieldType::kString),
  kOnEnum = 1u << static_cast<unsigned>(FieldType::kEnum),
  kOnOrdered = 1u << static_cast<unsigned>(FieldType::kOrderedEnum),
  kOnBool = 1u << static_cast<unsigned>(FieldType::kBool),
  kOnMoney = 1u << static_cast<unsigned>(FieldType::kMoney),
  kOnSet = 1u << static_cast<unsigned>(FieldType::kSet),
};

struct OpInfo {
  Op op;
  std::string_view word;
  unsigned types;
};

constexpr OpInfo kOps[] = {
    {Op::kIs, "is", kOnString | kOnEnum | kOnOrdered | kOnBool},
    {Op::kIn, "in", kOnString | kOnEnum | kOnOrdered},
    {Op::kNotIn, "not_in", kOnEnum | kOnOrdered},
    {Op::kAtLeast, "at_least", kOnOrdered},
    {Op::kAtMost, "at_most", kOnOrdered},
    {Op::kLt, "lt", kOnMoney},
    {Op::kLte, "lte", kOnMoney},
    {Op::kGt, "gt", kOnMoney},
    {Op::kGte, "gte", kOnMoney},
    {Op::kBetween, "between", kOnMoney},
    {Op::kOnlyIn, "only_in", kOnSet},
    {Op::kAnyIn, "any_in", kOnSet},
    {Op::kNoneIn, "none_in", kOnSet},
    {Op::kHas, "has", kOnSet},
    {Op::kLacks, "lacks", kOnSet},
    {Op::kSizeLt, "size_lt", kOnSet},
    {Op::kSizeLte, "size_lte", kOnSet},
    {Op::kSizeGt, "size_gt", kOnSet},
    {Op::kSizeGte, "size_gte", kOnSet},
    {Op::kMatches, "matches", kOnString},
    {Op::kStated, "stated", ~0u},
};

int64_t NumberOf(const std::string& text) {
  int64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

int64_t RankOf(const FieldInfo& info, const std::string& value) {
  return std::find(info.values.begin(), info.values.end(), value) - info.values.begin();
}

// Puts the operands of `predicate` where the operator looks for them.
void BindOperands(const v1::Predicate& predicate, Leaf& leaf) {
  const FieldInfo& info = InfoOf(leaf.field);
  for (const std::string& arg : predicate.args()) {
    if (arg.starts_with('@')) {
      leaf.set_names.push_back(arg.substr(1));
    } else {
      leaf.names.push_back(arg);
    }
    const bool ranked = info.type == FieldType::kOrderedEnum && leaf.op != Op::kStated;
    leaf.numbers.push_back(ranked ? RankOf(info, arg) : NumberOf(arg));
  }
  leaf.flag = predicate.args_size() == 1 && predicate.args(0) == "true";
  leaf.or_none = predicate.or_none();
  if (leaf.op == Op::kMatches) {
    leaf.pattern = std::make_shared<const re2::RE2>(predicate.args(0), re2::RE2::Quiet);
  }
}

class Translator {
 public:
  Program Translate(const v1::RuleCondition& condition) {
    Add(condition, "");
    return std::move(program_);
  }

 private:
  void Add(const v1::RuleCondition& condition, const std::string& path) {
    switch (condition.node_case()) {
      case v1::RuleCondition::kAll:
        return AddList(condition.all(), Step::Kind::kAll, path + "all");
      case v1::RuleCondition::kAny:
        return AddList(condition.any(), Step::Kind::kAny, path + "any");
      case v1::RuleCondition::kNegated:
        Add(condition.negated(), path + "not.");
        program_.steps.push_back({Step::Kind::kNot, 1});
        return;
      default:
        return AddLeaf(condition.leaf(), path);
    }
  }

  void AddList(const v1::RuleConditionList& list, Step::Kind kind, const std::string& path) {
    for (int i = 0; i < list.conditions_size(); ++i) {
      Add(list.conditions(i), fmt::format("{}[{}].", path, i));
    }
    program_.steps.push_back({kind, static_cast<uint16_t>(list.conditions_size())});
  }

  void AddLeaf(const v1::Predicate& predicate, std::string path) {
    if (!path.empty()) path.pop_back();  // The dot behind the last part.
    Leaf leaf;
    leaf.path = std::move(path);
    leaf.field = FindField(predicate.field())->field;
    leaf.op = *FindOp(predicate.op());
    BindOperands(predicate, leaf);
    program_.steps.push_back({Step::Kind::kLeaf, static_cast<uint16_t>(program_.leaves.size())});
    program_.leaves.push_back(std::move(leaf));
  }

  Program program_;
};

}  // namespace

std::optional<Op> FindOp(std::string_view word) {
  for (const OpInfo& info : kOps) {
    if (info.word == word) return info.op;
  }
  return std::nullopt;
}

std::string_view OpWord(Op op) { return kOps[static_cast<size_t>(op)].word; }

bool Applies(Op op, FieldType type) {
  return (kOps[static_cast<size_t>(op)].types >> static_cast<unsigned>(type) & 1u) != 0;
}

std::vector<std::string> OpWordsOf(FieldType type) {
  std::vector<std::string> words;
  for (const OpInfo& info : kOps) {
    if (Applies(info.op, type)) words.emplace_back(info.word);
  }
  return words;
}

Program CompileProgram(const v1::RuleCondition& condition) {
  return Translator().Translate(condition);
}

}  // namespace gavel::rules
