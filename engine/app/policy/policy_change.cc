#include "engine/app/policy/policy_change.h"

#include <algorithm>
#include <map>

#include "engine/app/command/canonical_bytes.h"
#include "rules/compile/policy_files.h"

namespace gavel::app {
namespace {

bool IsAuto(const v1::Rule& rule) { return rule.has_auto_approve(); }

bool ReadsTiers(const rules::Leaf& leaf) {
  return rules::InfoOf(leaf.field).names == rules::NameSpace::kTiers;
}

// The part of the catalog that a leaf on dependencies, cost or regions can see: names with what
// they are, in the order of the file.
std::string CatalogSeen(const rules::Policy& policy, const rules::CompiledRule& rule) {
  std::set<std::string> sets;
  bool tiers = false;
  for (const rules::Leaf& leaf : rule.program.leaves) {
    sets.insert(leaf.set_names.begin(), leaf.set_names.end());
    // The cost is at least the sum of the catalog's prices.
    tiers |= ReadsTiers(leaf) || leaf.field == rules::Field::kCostMonthlyUsd;
  }
  std::string seen;
  for (const v1::CatalogSet& set : policy.catalog().sets()) {
    if (sets.count(set.id()) == 0) continue;
    seen += CanonicalBytes(set);
    if (!set.of_regions()) continue;
    for (const v1::Region& region : policy.catalog().regions()) seen += CanonicalBytes(region);
  }
  for (const v1::Product& product : policy.catalog().products()) {
    if (tiers) seen += CanonicalBytes(product);
  }
  return seen;
}

// Everything an auto rule rests on, by rule id.
std::map<std::string, std::string> Foundations(const rules::Policy& policy) {
  std::map<std::string, std::string> foundations;
  for (const rules::CompiledRule& rule : policy.rules()) {
    if (!IsAuto(rule.rule)) continue;
    foundations[rule.rule.id()] = CanonicalBytes(rule.rule) + CatalogSeen(policy, rule);
  }
  return foundations;
}

}  // namespace

std::vector<std::string> ChangedAutoRules(const rules::Policy* base,
                                          const rules::Policy& candidate) {
  std::map<std::string, std::string> before;
  if (base != nullptr) {
    const auto redated = rules::CompilePolicy(base->source(), candidate.published());
    if (redated.ok()) before = Foundations(**redated);
  }
  std::vector<std::string> changed;
  for (const auto& [id, foundation] : Foundations(candidate)) {
    const auto old = before.find(id);
    if (old == before.end() || old->second != foundation) changed.push_back(id);
  }
  return changed;
}

std::set<std::string> ApprovableTiers(const rules::Policy& policy, const v1::Date& day) {
  const rules::CatalogIndex& index = policy.catalog_index();
  std::set<std::string> tiers;
  for (const rules::CompiledRule& rule : policy.rules()) {
    if (!IsAuto(rule.rule) || rule.rule.state() != v1::Rule::STATE_ENFORCE) continue;
    for (const rules::Leaf& leaf : rule.program.leaves) {
      if (!ReadsTiers(leaf) || leaf.op != rules::Op::kOnlyIn) continue;
      tiers.insert(leaf.names.begin(), leaf.names.end());
      for (const std::string& id : leaf.set_names) {
        const v1::CatalogSet* set = index.FindSet(id);
        for (const std::string& tier : index.TierNames()) {
          if (set != nullptr && index.Contains(*set, tier, day)) tiers.insert(tier);
        }
      }
    }
  }
  return tiers;
}

std::set<std::string> OwnersOf(const rules::Policy& policy, const std::vector<std::string>& rules) {
  std::set<std::string> owners;
  for (const rules::CompiledRule& rule : policy.rules()) {
    if (!IsAuto(rule.rule)) continue;
    const bool named = std::find(rules.begin(), rules.end(), rule.rule.id()) != rules.end();
    if (named || rules.empty()) owners.insert(rule.rule.owner());
  }
  return owners;
}

}  // namespace gavel::app
