// The fields that rules can read: names, types, and who can supply them.
#pragma once

#include <span>
#include <string_view>

namespace gavel::rules {

enum class Field {
  kSpecTitle,
  kSpecCategory,
  kDepsAll,
  kDepsStorage,
  kDepsCompute,
  kDepsOther,
  kDataClassification,
  kDataPersonal,
  kRegions,
  kCostMonthlyUsd,
  kChangeReversible,
  kChangeBlastRadius,
  kSections,
  kDetectCoverage,
  kDetectUndeclared,
  kMentionsUndeclared,
  kHistorySystemCost90dUsd,
};
inline constexpr int kFieldCount = static_cast<int>(Field::kHistorySystemCost90dUsd) + 1;

enum class FieldType {
  kString,
  kEnum,
  kOrderedEnum,
  kBool,
  kMoney,
  kSet,
};

// Where the names in a field's values come from, so that the compiler can check operands.
enum class NameSpace {
  kNone,
  kCategories,
  kTiers,
  kRegions,
  kSections,
  kProducts,
};

struct FieldInfo {
  Field field;
  std::string_view name;  // As rules write it: `deps.storage`.
  FieldType type;
  NameSpace names;
  std::span<const std::string_view> values;  // Of a fixed enum, lowest first.
  // Key of the front matter that supplies it: `cost.monthly_usd`. Empty where the author cannot.
  std::string_view key;
  std::string_view noun;  // For sentences, singular: "the monthly cost".
};

// In the order of the enum.
std::span<const FieldInfo> AllFields();
const FieldInfo& InfoOf(Field field);
// nullptr for a name that is no field.
const FieldInfo* FindField(std::string_view name);

}  // namespace gavel::rules
