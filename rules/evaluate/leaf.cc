#include "rules/evaluate/leaf.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>

#include "engine/base/contains.h"
#include "rules/date.h"
#include "rules/explain.h"
#include "rules/text/words.h"

namespace gavel::rules {
namespace {

v1::Truth TruthOf(bool value) { return value ? v1::TRUTH_TRUE : v1::TRUTH_FALSE; }

// The truth of a test whose value is anything from the one that gives `at_low` to the one that
// gives `at_high`, where the test changes at most once in between.
v1::Truth Between(bool at_low, bool at_high) {
  return at_low == at_high ? TruthOf(at_low) : v1::TRUTH_UNKNOWN;
}

v1::Truth SetTruth(const Leaf& leaf, const std::vector<std::string>& names,
                   const CatalogIndex& catalog, const v1::Date& as_of) {
  const auto size = static_cast<int64_t>(names.size());
  const auto member = [&](const std::string& name) { return IsMember(leaf, name, catalog, as_of); };
  const bool any = std::any_of(names.begin(), names.end(), member);
  switch (leaf.op) {
    case Op::kOnlyIn:
      // No vacuous "only standard tiers" from a spec that lists nothing.
      if (size == 0) return TruthOf(leaf.or_none);
      return TruthOf(std::all_of(names.begin(), names.end(), member));
    case Op::kAnyIn:
    case Op::kHas:
      return TruthOf(any);
    case Op::kNoneIn:
    case Op::kLacks:
      return TruthOf(!any);
    case Op::kSizeLt:
      return TruthOf(size < leaf.numbers[0]);
    case Op::kSizeLte:
      return TruthOf(size <= leaf.numbers[0]);
    case Op::kSizeGt:
      return TruthOf(size > leaf.numbers[0]);
    default:
      return TruthOf(size >= leaf.numbers[0]);
  }
}

// What a detector added may count against a spec, never for it: where it changes the answer, the
// answer is unknown, which no approval takes and every requirement does.
v1::Truth MergedTruth(const Leaf& leaf, const FieldValue& value, const CatalogIndex& catalog,
                      const v1::Date& as_of) {
  const v1::Truth all = SetTruth(leaf, value.names, catalog, as_of);
  if (!value.detected) return all;
  return all == SetTruth(leaf, value.declared, catalog, as_of) ? all : v1::TRUTH_UNKNOWN;
}

v1::Truth MoneyTruth(const Leaf& leaf, const FieldValue& value) {
  const int64_t limit = leaf.numbers[0];
  switch (leaf.op) {
    case Op::kLt:
      return Between(value.low < limit, value.high < limit);
    case Op::kLte:
      return Between(value.low <= limit, value.high <= limit);
    case Op::kGt:
      return Between(value.low > limit, value.high > limit);
    case Op::kGte:
      return Between(value.low >= limit, value.high >= limit);
    default: {  // kBetween; it may become true and false again on the way.
      const int64_t upper = leaf.numbers[1];
      if (value.low >= limit && value.high <= upper) return v1::TRUTH_TRUE;
      return value.high < limit || value.low > upper ? v1::TRUTH_FALSE : v1::TRUTH_UNKNOWN;
    }
  }
}

v1::Truth RankTruth(const Leaf& leaf, const FieldValue& value) {
  if (leaf.op == Op::kAtLeast)
    return Between(value.low >= leaf.numbers[0], value.high >= leaf.numbers[0]);
  if (leaf.op == Op::kAtMost)
    return Between(value.low <= leaf.numbers[0], value.high <= leaf.numbers[0]);
  int64_t inside = 0;
  for (int64_t rank = value.low; rank <= value.high; ++rank) {
    inside +=
        std::find(leaf.numbers.begin(), leaf.numbers.end(), rank) != leaf.numbers.end() ? 1 : 0;
  }
  const bool all = inside == value.high - value.low + 1;
  if (!all && inside > 0) return v1::TRUTH_UNKNOWN;
  return TruthOf(all == (leaf.op != Op::kNotIn));
}

v1::Truth NameTruth(const Leaf& leaf, const FieldValue& value) {
  const std::string& name = value.names.front();
  if (leaf.op == Op::kMatches) {
    return TruthOf(re2::RE2::FullMatch(re2::StringPiece(name.data(), name.size()), *leaf.pattern));
  }
  return TruthOf(Contains(leaf.names, name) == (leaf.op != Op::kNotIn));
}

// `name`, and whether it left the set by the passing of its review date.
std::string OutsiderText(const std::string& name, const CatalogIndex& catalog,
                         const v1::Date& as_of) {
  const size_t slash = name.find('/');
  const auto ref = slash == std::string::npos
                       ? std::nullopt
                       : catalog.FindTier(name.substr(0, slash), name.substr(slash + 1));
  if (!ref || CatalogIndex::StatusOn(*ref->tier, as_of) == ref->tier->status())
    return fmt::format("`{}`", name);
  return fmt::format("`{}` (standard until {})", name, DateText(ref->tier->review_by()));
}

}  // namespace

bool IsMember(const Leaf& leaf, const std::string& name, const CatalogIndex& catalog,
              const v1::Date& as_of) {
  if (Contains(leaf.names, name)) return true;
  return std::any_of(leaf.set_names.begin(), leaf.set_names.end(), [&](const std::string& id) {
    const v1::CatalogSet* const set = catalog.FindSet(id);
    return set != nullptr && catalog.Contains(*set, name, as_of);
  });
}

v1::Truth LeafTruth(const Leaf& leaf, const FieldValue& value, const CatalogIndex& catalog,
                    const v1::Date& as_of) {
  const bool known = value.knowledge == Knowledge::kKnown;
  if (leaf.op == Op::kStated) return TruthOf(known == leaf.flag);
  if (!known) return v1::TRUTH_UNKNOWN;
  switch (InfoOf(leaf.field).type) {
    case FieldType::kSet:
      return MergedTruth(leaf, value, catalog, as_of);
    case FieldType::kMoney:
      return MoneyTruth(leaf, value);
    case FieldType::kOrderedEnum:
      return RankTruth(leaf, value);
    case FieldType::kBool:
      return TruthOf(value.flag == leaf.flag);
    case FieldType::kEnum:
    case FieldType::kString:
      break;
  }
  return NameTruth(leaf, value);
}

std::string WantText(const Leaf& leaf, const Policy& policy, const v1::Date& as_of) {
  if (leaf.op == Op::kStated) return leaf.flag ? "true" : "false";
  const FieldInfo& info = InfoOf(leaf.field);
  std::vector<std::string> parts;
  if (info.type == FieldType::kMoney) {
    for (const int64_t cents : leaf.numbers) {
      parts.push_back(fmt::format("{} {}", AmountText(cents), policy.org().currency()));
    }
    return fmt::format("{}", fmt::join(parts, " to "));
  }
  for (const std::string& id : leaf.set_names) {
    const v1::CatalogSet* const set = policy.catalog_index().FindSet(id);
    const int size = set != nullptr ? policy.catalog_index().Size(*set, as_of) : 0;
    const bool regions = set != nullptr && set->of_regions();
    const std::string_view noun =
        regions ? (size == 1 ? "region" : "regions") : (size == 1 ? "tier" : "tiers");
    parts.push_back(fmt::format("@{} ({} {})", id, size, noun));
  }
  parts.insert(parts.end(), leaf.names.begin(), leaf.names.end());
  return JoinComma(parts);
}

std::string ObstacleText(const Leaf& leaf, const FieldValue& value, const Policy& policy,
                         const v1::Date& as_of) {
  const std::string_view noun = InfoOf(leaf.field).noun;
  if (value.knowledge != Knowledge::kKnown) return fmt::format("{} is {}", noun, value.shown);
  if (leaf.op == Op::kOnlyIn && !value.names.empty()) {
    std::vector<std::string> outsiders, sets = leaf.names;
    for (const std::string& name : value.names) {
      if (IsMember(leaf, name, policy.catalog_index(), as_of)) continue;
      outsiders.push_back(OutsiderText(name, policy.catalog_index(), as_of));
    }
    for (const std::string& id : leaf.set_names) sets.insert(sets.begin(), "@" + id);
    return fmt::format("{} {} not in {}", JoinAnd(outsiders), outsiders.size() == 1 ? "is" : "are",
                       JoinComma(sets));
  }
  v1::LeafResult want;
  want.set_op(std::string(OpWord(leaf.op)));
  want.set_want(WantText(leaf, policy, as_of));
  return fmt::format("{} is {} and the rule wants {}", noun, value.shown, WantPhrase(want));
}

}  // namespace gavel::rules
