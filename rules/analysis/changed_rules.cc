#include "rules/analysis/changed_rules.h"

#include <algorithm>

#include "rules/date.h"

namespace gavel::rules {
namespace {

constexpr int kMostMonths = 24;

bool IsMonthsAfterPublication(const v1::Rule& rule, const Policy& policy, int months) {
  return CompareDates(rule.review_by(), AddMonths(policy.published(), months)) == 0;
}

bool SameWords(v1::Rule before, const Policy& base, v1::Rule after, const Policy& candidate) {
  for (int months = 1; months <= kMostMonths; ++months) {
    if (!IsMonthsAfterPublication(before, base, months)) continue;
    if (IsMonthsAfterPublication(after, candidate, months))
      *after.mutable_review_by() = before.review_by();
  }
  return before.SerializeAsString() == after.SerializeAsString();
}

std::vector<std::string> MembersOf(const std::string& id, const Policy& policy,
                                   const v1::Date& as_of) {
  const CatalogIndex& catalog = policy.catalog_index();
  const v1::CatalogSet* const set = catalog.FindSet(id);
  std::vector<std::string> members;
  if (set == nullptr) return members;
  const auto add = [&](const std::string& name) {
    if (catalog.Contains(*set, name, as_of)) members.push_back(name);
  };
  for (const std::string& name : catalog.TierNames()) add(name);
  for (const v1::Region& region : policy.catalog().regions()) add(region.id());
  return members;
}

bool SameSets(const CompiledRule& rule, const Policy& base, const Policy& candidate,
              const v1::Date& as_of) {
  const auto same = [&](const std::string& id) {
    return MembersOf(id, base, as_of) == MembersOf(id, candidate, as_of);
  };
  return std::all_of(rule.program.leaves.begin(), rule.program.leaves.end(), [&](const Leaf& leaf) {
    return std::all_of(leaf.set_names.begin(), leaf.set_names.end(), same);
  });
}

}  // namespace

std::vector<std::string> ChangedAutoRules(const Policy& base, const Policy& candidate,
                                          const v1::Date& as_of) {
  std::vector<std::string> changed;
  for (const CompiledRule& rule : candidate.rules()) {
    if (!rule.rule.has_auto_approve()) continue;
    const v1::Rule* const before = base.FindRule(rule.rule.id());
    const bool same = before != nullptr && SameWords(*before, base, rule.rule, candidate) &&
                      SameSets(rule, base, candidate, as_of);
    if (!same) changed.push_back(rule.rule.id());
  }
  return changed;  // Rules are sorted by id.
}

}  // namespace gavel::rules
