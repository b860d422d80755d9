#include "rules/evaluate/nudges.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>

#include "rules/date.h"
#include "rules/evaluate/fact_table.h"
#include "rules/evaluate/leaf.h"
#include "rules/text/words.h"

namespace gavel::rules {
namespace {

struct Replacement {
  std::string from;
  std::string to;
};

// A change of one field.
struct Change {
  std::string field;
  std::vector<Replacement> tiers;     // Of the dependencies.
  std::vector<std::string> sections;  // To be added.
  std::string result;                 // `all storage standard`; of tiers.
};

std::string_view AllOf(Field field) {
  switch (field) {
    case Field::kDepsStorage:
      return "all storage";
    case Field::kDepsCompute:
      return "all compute";
    case Field::kDepsOther:
      return "all other dependencies";
    default:
      return "all dependencies";
  }
}

bool IsDependencies(Field field) {
  return field == Field::kDepsAll || field == Field::kDepsStorage || field == Field::kDepsCompute ||
         field == Field::kDepsOther;
}

// The tier that `leaf` accepts in place of `name`: what the catalog says replaces it, else the
// largest of the same product. Nothing where there is none.
std::optional<std::string> Accepted(const Leaf& leaf, const std::string& name, const Policy& policy,
                                    const v1::Date& as_of) {
  const CatalogIndex& catalog = policy.catalog_index();
  const size_t slash = name.find('/');
  const v1::Product* const product = catalog.FindProduct(name.substr(0, slash));
  if (product == nullptr) return std::nullopt;
  const v1::Tier* best = nullptr;
  for (const v1::Tier& tier : product->tiers()) {
    const bool same = slash != std::string::npos && tier.id() == name.substr(slash + 1);
    if (same && IsMember(leaf, tier.replaced_by(), catalog, as_of)) return tier.replaced_by();
    if (!IsMember(leaf, fmt::format("{}/{}", product->id(), tier.id()), catalog, as_of)) continue;
    if (best == nullptr || tier.max_monthly_cents() > best->max_monthly_cents()) best = &tier;
  }
  if (best == nullptr) return std::nullopt;
  return fmt::format("{}/{}", product->id(), best->id());
}

// Looks for the changes that would make one auto rule true.
class Advisor {
 public:
  Advisor(const v1::Facts& facts, const Policy& policy, const v1::Date& as_of)
      : policy_(policy), as_of_(as_of), table_(facts, policy, /*facts_unknown=*/false) {}

  std::vector<Change> ChangesFor(const CompiledRule& rule, const v1::Verdict& verdict) {
    changes_.clear();
    for (const Leaf& leaf : rule.program.leaves) {
      const v1::Truth truth = LeafTruth(leaf, table_[leaf.field], policy_.catalog_index(), as_of_);
      if (truth != v1::TRUTH_FALSE) continue;
      if (IsDependencies(leaf.field) && leaf.op == Op::kOnlyIn) Replace(leaf, rule.rule.id());
      if (leaf.field == Field::kSections && leaf.op == Op::kHas) AddSection(leaf.names.front());
    }
    for (const v1::RuleResult& result : verdict.rules()) {
      const v1::Rule* const asking = policy_.FindRule(result.id());
      const bool asks = result.applied() && asking != nullptr && asking->has_needs_author();
      if (asks && !asking->needs_author().section().empty())
        AddSection(asking->needs_author().section());
    }
    return changes_;
  }

 private:
  Change& At(std::string_view field) {
    for (Change& change : changes_) {
      if (change.field == field) return change;
    }
    return changes_.emplace_back(Change{std::string(field), {}, {}, {}});
  }

  void Replace(const Leaf& leaf, const std::string& rule) {
    std::vector<Replacement> tiers;
    for (const std::string& name : table_[leaf.field].names) {
      if (IsMember(leaf, name, policy_.catalog_index(), as_of_)) continue;
      auto to = Accepted(leaf, name, policy_, as_of_);
      if (!to) return;
      tiers.push_back({name, *std::move(to)});
    }
    if (tiers.empty()) return;  // Nothing is used, and the rule wants something to be.
    const bool one_set = leaf.names.empty() && leaf.set_names.size() == 1;
    const std::string what = !one_set                               ? "what " + rule + " approves"
                             : leaf.set_names.front() == "standard" ? "standard"
                                                                    : "@" + leaf.set_names.front();
    Change& change = At(InfoOf(leaf.field).name);
    change.tiers = std::move(tiers);
    change.result = fmt::format("{} {}", AllOf(leaf.field), what);
  }

  void AddSection(const std::string& id) {
    auto& sections = At(InfoOf(Field::kSections).name).sections;
    if (std::find(sections.begin(), sections.end(), id) == sections.end()) sections.push_back(id);
  }

  const Policy& policy_;
  const v1::Date as_of_;
  const FactTable table_;
  std::vector<Change> changes_;
};

void ReplaceTiers(const std::vector<Replacement>& tiers, v1::DependenciesFact& fact) {
  const v1::DependenciesFact before = fact;
  fact.clear_dependencies();
  std::set<std::string> seen;
  for (v1::Dependency dependency : before.dependencies()) {
    for (const auto& [from, to] : tiers) {
      if (DependencyName(dependency) != from) continue;
      const size_t slash = to.find('/');
      dependency.set_product(to.substr(0, slash));
      dependency.set_tier(to.substr(slash + 1));
      break;
    }
    if (seen.insert(DependencyName(dependency)).second) *fact.add_dependencies() = dependency;
  }
}

v1::Facts Changed(v1::Facts facts, const std::vector<Change>& changes) {
  for (const Change& change : changes) {
    ReplaceTiers(change.tiers, *facts.mutable_dependencies());
    for (const std::string& section : change.sections)
      facts.mutable_sections()->add_values(section);
  }
  auto& sections = *facts.mutable_sections()->mutable_values();
  std::sort(sections.begin(), sections.end());
  return facts;
}

std::string PriceText(const std::string& name, const Policy& policy) {
  const size_t slash = name.find('/');
  const auto ref = policy.catalog_index().FindTier(name.substr(0, slash), name.substr(slash + 1));
  if (!ref || !ref->tier->has_max_monthly_cents()) return name + " has no price in the catalog";
  return fmt::format("{} costs at most {} {}", name, AmountText(ref->tier->max_monthly_cents()),
                     policy.org().currency());
}

std::string DroppedText(const std::string& name, const Policy& policy) {
  const size_t slash = name.find('/');
  if (slash == std::string::npos) return name;
  const auto ref = policy.catalog_index().FindTier(name.substr(0, slash), name.substr(slash + 1));
  return ref && ref->tier->has_sunset()
             ? fmt::format("{} (sunset {})", name, DateText(ref->tier->sunset()))
             : name;
}

std::string TextOf(const Change& change, const std::string& rule, const Policy& policy) {
  if (!change.sections.empty()) {
    return fmt::format("With the {} {}, {} would approve it.",
                       change.sections.size() == 1 ? "section" : "sections",
                       JoinAnd(change.sections), rule);
  }
  std::vector<std::string> prices, dropped;
  for (const auto& [from, to] : change.tiers) {
    std::string price = PriceText(to, policy);
    if (std::find(prices.begin(), prices.end(), price) == prices.end())
      prices.push_back(std::move(price));
    dropped.push_back(DroppedText(from, policy));
  }
  return fmt::format("{}; dropping {} for {} would make {}.", JoinAnd(prices), JoinAnd(dropped),
                     prices.size() == 1 ? "it" : "them", change.result);
}

// Leaves out every change that approval does not need.
void Minimise(const v1::Facts& facts, std::vector<Change>& changes,
              const std::function<v1::Verdict(const v1::Facts&)>& decide) {
  for (size_t i = 0; i < changes.size() && changes.size() > 1;) {
    std::vector<Change> fewer = changes;
    fewer.erase(fewer.begin() + static_cast<ptrdiff_t>(i));
    if (decide(Changed(facts, fewer)).mode() == v1::REVIEW_MODE_AUTO) {
      changes = std::move(fewer);
    } else {
      ++i;
    }
  }
}

}  // namespace

std::vector<v1::Nudge> NudgesFor(const v1::Facts& facts, const Policy& policy,
                                 const v1::Date& as_of, const v1::Verdict& verdict,
                                 const std::function<v1::Verdict(const v1::Facts&)>& decide) {
  std::vector<v1::Nudge> nudges;
  if (verdict.mode() == v1::REVIEW_MODE_AUTO || facts.foreign()) return nudges;
  Advisor advisor(facts, policy, as_of);
  for (const CompiledRule& rule : policy.rules()) {
    if (!rule.rule.has_auto_approve() || rule.rule.state() != v1::Rule::STATE_ENFORCE) continue;
    std::vector<Change> changes = advisor.ChangesFor(rule, verdict);
    if (changes.empty()) continue;
    const v1::Verdict wished = decide(Changed(facts, changes));
    if (wished.mode() != v1::REVIEW_MODE_AUTO || wished.auto_rule() != rule.rule.id()) continue;
    Minimise(facts, changes, decide);
    std::sort(changes.begin(), changes.end(),
              [](const Change& a, const Change& b) { return a.field < b.field; });
    for (const Change& change : changes) {
      v1::Nudge& nudge = nudges.emplace_back();
      nudge.set_field(change.field);
      nudge.set_rule(rule.rule.id());
      nudge.set_text(TextOf(change, rule.rule.id(), policy));
      if (changes.size() > 1) *nudge.mutable_text() += " It takes all suggestions together.";
    }
    return nudges;
  }
  return nudges;
}

}  // namespace gavel::rules
