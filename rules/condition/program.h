// A rule's condition as a small program in postfix order: a leaf pushes its truth, a connective
// replaces the truths of its operands by its own. No loops, no jumps, at most kMaxLeaves leaves.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gavel/v1/rule_set.pb.h"
#include "rules/condition/field.h"

namespace re2 {
class RE2;
}

namespace gavel::rules {

inline constexpr int kMaxLeaves = 64;
inline constexpr int kMaxDepth = 8;

enum class Op {
  kIs,
  kIn,
  kNotIn,
  kAtLeast,
  kAtMost,
  kLt,
  kLte,
  kGt,
  kGte,
  kBetween,
  kOnlyIn,
  kAnyIn,
  kNoneIn,
  kHas,
  kLacks,
  kSizeLt,
  kSizeLte,
  kSizeGt,
  kSizeGte,
  kMatches,
  kStated,
};

// One predicate with its operands typed.
struct Leaf {
  std::string path;  // `all[0].any[1]`; empty for a condition that is one leaf.
  Field field;
  Op op;
  std::vector<std::string> names;      // Names and enum values.
  std::vector<std::string> set_names;  // Catalog sets, without `@`.
  std::vector<int64_t> numbers;        // Cents, or a count; ranks of an ordered enum.
  bool flag = false;                   // Operand of `stated` and of `is` on a bool.
  bool or_none = false;
  std::shared_ptr<const re2::RE2> pattern;  // Of `matches`.
};

struct Step {
  enum class Kind : uint8_t { kLeaf, kAll, kAny, kNot };
  Kind kind;
  uint16_t operand;  // Leaf index, or number of operands.
};

struct Program {
  std::vector<Step> steps;
  std::vector<Leaf> leaves;  // In file order.
};

// The operator that rules write as `word` (`size_gt` for `size: {gt: …}`), or nothing.
std::optional<Op> FindOp(std::string_view word);
std::string_view OpWord(Op op);

// Whether `op` is defined on fields of `type`, and on which it is.
bool Applies(Op op, FieldType type);
std::vector<std::string> OpWordsOf(FieldType type);

// Translates a condition that the compiler has checked: known fields, defined operators, operands
// of the right kind, within the limits.
Program CompileProgram(const v1::RuleCondition& condition);

}  // namespace gavel::rules
