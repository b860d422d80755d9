#include "rules/analysis/random_policy.h"

#include <fmt/format.h>
#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <algorithm>
#include <string>
#include <vector>

namespace gavel::rules {
namespace {

using Names = std::vector<std::string>;

int Pick(Random& random, int count) {
  return static_cast<int>(random() % static_cast<uint64_t>(count));
}
template <typename Values>
const auto& OneOf(Random& random, const Values& values) {
  return values[static_cast<size_t>(Pick(random, static_cast<int>(values.size())))];
}

const Names kCategories = {"change", "new", "policy"};
const Names kSections = {"cost", "rollback", "summary"};
const Names kRegions = {"east", "north", "west"};
const Names kTiers = {"bus/shared", "db/big", "db/old", "db/small", "vm/gpu", "vm/small"};
const Names kTierSets = {"@standard", "@listed"};
const Names kClasses = {"public", "internal", "confidential", "restricted"};
const Names kRadii = {"low", "medium", "high"};
const Names kCoverages = {"none", "declared_only", "partial", "full"};
const std::vector<int64_t> kAmounts = {0, 10000, 15000, 25000, 40000, 90000};

v1::Date Day(int year, int month, int day) {
  v1::Date date;
  date.set_year(year);
  date.set_month(month);
  date.set_day(day);
  return date;
}

v1::Org MakeOrg(Random& random) {
  v1::Org org;
  org.set_id("random");
  org.set_currency("USD");
  for (const std::string& category : kCategories) org.add_categories(category);
  for (const std::string& section : kSections) org.add_sections()->set_id(section);
  v1::System& secret = *org.add_systems();
  secret.set_id("ledger");
  if (Pick(random, 3) > 0) secret.set_classification(OneOf(random, kClasses));
  org.add_systems()->set_id("site");
  return org;
}

v1::Catalog MakeCatalog(Random& random) {
  v1::Catalog catalog;
  catalog.set_id("random");
  for (const auto& [id, product_class] :
       {std::pair("bus", "queue"), {"db", "storage"}, {"vm", "compute"}}) {
    v1::Product& product = *catalog.add_products();
    product.set_id(id);
    product.set_product_class(product_class);
    for (const std::string& name : kTiers) {
      if (!name.starts_with(product.id() + "/")) continue;
      v1::Tier& tier = *product.add_tiers();
      tier.set_id(name.substr(product.id().size() + 1));
      tier.set_status(static_cast<v1::Tier::Status>(1 + Pick(random, 3)));
      if (Pick(random, 4) > 0) tier.set_max_monthly_cents(5000 * (1 + Pick(random, 6)));
      if (Pick(random, 5) == 0) *tier.mutable_review_by() = Day(2026, 1 + Pick(random, 12), 1);
      if (tier.status() == v1::Tier::STATUS_DEPRECATED && Pick(random, 2) == 0)
        *tier.mutable_sunset() = Day(2026, 1 + Pick(random, 12), 1);
    }
  }
  for (const std::string& id : kRegions) {
    v1::Region& region = *catalog.add_regions();
    region.set_id(id);
    if (Pick(random, 2) == 0) region.set_group("near");
  }
  v1::CatalogSet& listed = *catalog.add_sets();
  listed.set_id("listed");
  for (const std::string& name : kTiers) {
    if (Pick(random, 3) == 0) listed.add_names(name);
  }
  v1::CatalogSet& near = *catalog.add_sets();
  near.set_id("near");
  near.set_of_regions(true);
  near.set_group("near");
  v1::CatalogSet& standard = *catalog.add_sets();
  standard.set_id("standard");
  standard.set_status(v1::Tier::STATUS_STANDARD);
  return catalog;
}

v1::Predicate Test(const std::string& field, const std::string& op, const Names& args) {
  v1::Predicate leaf;
  leaf.set_field(field);
  leaf.set_op(op);
  for (const std::string& arg : args) leaf.add_args(arg);
  return leaf;
}

v1::Predicate SetTest(Random& random, const std::string& field, const Names& names,
                      const Names& sets) {
  const Names ops = {"only_in", "any_in",   "none_in", "has",      "lacks",
                     "size_lt", "size_lte", "size_gt", "size_gte", "stated"};
  const std::string op = OneOf(random, ops);
  if (op == "stated") return Test(field, op, {Pick(random, 2) == 0 ? "true" : "false"});
  if (op.starts_with("size")) return Test(field, op, {fmt::format("{}", Pick(random, 4))});
  if (op == "has" || op == "lacks") return Test(field, op, {OneOf(random, names)});
  Names args;
  if (!sets.empty() && Pick(random, 2) == 0) args.push_back(OneOf(random, sets));
  for (const std::string& name : names) {
    if (Pick(random, args.empty() ? 2 : 4) == 0) args.push_back(name);
  }
  if (args.empty()) args.push_back(names.front());
  v1::Predicate leaf = Test(field, op, args);
  if (op == "only_in") leaf.set_or_none(Pick(random, 2) == 0);
  return leaf;
}

v1::Predicate MoneyTest(Random& random, const std::string& field) {
  const Names ops = {"lt", "lte", "gt", "gte", "between", "stated"};
  const std::string op = OneOf(random, ops);
  if (op == "stated") return Test(field, op, {Pick(random, 2) == 0 ? "true" : "false"});
  Names args = {fmt::format("{}", OneOf(random, kAmounts))};
  if (op == "between") args.push_back(fmt::format("{}", OneOf(random, kAmounts)));
  return Test(field, op, args);
}

v1::Predicate EnumTest(Random& random, const std::string& field, const Names& values,
                       bool ordered) {
  Names ops = {"is", "in", "not_in", "stated"};
  if (ordered) ops.insert(ops.end(), {"at_least", "at_most"});
  const std::string op = OneOf(random, ops);
  if (op == "stated") return Test(field, op, {Pick(random, 2) == 0 ? "true" : "false"});
  Names args = {OneOf(random, values)};
  if (op == "in" || op == "not_in") args.push_back(OneOf(random, values));
  return Test(field, op, args);
}

v1::Predicate RandomTest(Random& random) {
  const auto flag = [&] { return std::string(Pick(random, 2) == 0 ? "true" : "false"); };
  switch (Pick(random, 17)) {
    case 0:
      return EnumTest(random, "spec.category", kCategories, false);
    case 1:
    case 2:
      return EnumTest(random, "data.classification", kClasses, true);
    case 3:
      return Test("data.personal", Pick(random, 4) == 0 ? "stated" : "is", {flag()});
    case 4:
      return Test("change.reversible", "is", {flag()});
    case 5:
      return EnumTest(random, "change.blast_radius", kRadii, true);
    case 6:
      return EnumTest(random, "detect.coverage", kCoverages, true);
    case 7:
    case 8:
    case 9:
      return MoneyTest(random, "cost.monthly_usd");
    case 10:
      return MoneyTest(random, "history.system_cost_90d_usd");
    case 11:
      return SetTest(random, "regions", kRegions, {"@near"});
    case 12:
      return SetTest(random, "sections", kSections, {});
    case 13:
      return Pick(random, 2) == 0 ? SetTest(random, "detect.undeclared", kTiers, kTierSets)
                                  : SetTest(random, "mentions.undeclared", {"bus", "db", "vm"}, {});
    default:
      return SetTest(random,
                     OneOf(random, Names{"deps.all", "deps.storage", "deps.compute", "deps.other"}),
                     kTiers, kTierSets);
  }
}

v1::Rule RandomRule(Random& random, int number) {
  v1::Rule rule;
  rule.set_id(fmt::format("rule-{}", number));
  rule.set_title(fmt::format("Rule {}", number));
  rule.set_state(Pick(random, 5) == 0 ? v1::Rule::STATE_SHADOW : v1::Rule::STATE_ENFORCE);
  *rule.mutable_review_by() = Pick(random, 8) == 0 ? Day(2026, 6, 1) : Day(2027, 6, 1);
  *rule.mutable_when() = RandomCondition(random, 3);
  switch (Pick(random, 5)) {
    case 0:
    case 1:
      rule.mutable_auto_approve()->set_audit_percent(10);
      break;
    case 2:
      rule.mutable_needs_author()->set_section("cost");
      break;
    default:
      rule.mutable_require()->set_mode(v1::REVIEW_MODE_ASYNC);
  }
  return rule;
}

std::shared_ptr<const Policy> Compiled(PolicyParts parts) {
  parts.rules.clear();
  for (const v1::Rule& rule : parts.rule_set.rules())
    parts.rules.push_back({rule, CompileProgram(rule.when())});
  return std::make_shared<const Policy>(std::move(parts));
}

// Every tier, one that each product does not have, and products that the catalog does not have.
Names TiersAndMore(const Policy& policy) {
  Names names = policy.catalog_index().TierNames();
  for (const v1::Product& product : policy.catalog().products())
    names.push_back(product.id() + "/none");
  names.insert(names.end(), {"other/one", "other/two"});
  return names;
}

template <typename Entries>
Names IdsIn(const Entries& entries) {
  Names ids;
  for (const auto& entry : entries) ids.push_back(entry.id());
  return ids;
}

void SetDependencies(Random& random, Names names, v1::DependenciesFact& fact) {
  std::shuffle(names.begin(), names.end(), random);
  const int most = Pick(random, 5);
  for (const std::string& name : names) {
    if (fact.dependencies_size() >= most) return;
    v1::Dependency& dependency = *fact.add_dependencies();
    dependency.set_product(name.substr(0, name.find('/')));
    dependency.set_tier(name.substr(name.find('/') + 1));
  }
}

// False where the fact has no value.
template <typename Fact>
bool Start(Random& random, Fact& fact) {
  const int pick = Pick(random, 40);
  fact.set_status(pick == 0   ? v1::FACT_STATUS_INVALID
                  : pick == 1 ? v1::FACT_STATUS_MISSING
                  : pick <= 4 ? v1::FACT_STATUS_STATED_UNKNOWN
                              : v1::FACT_STATUS_KNOWN);
  return fact.status() == v1::FACT_STATUS_KNOWN;
}

void SetString(Random& random, const Names& values, v1::StringFact& fact) {
  if (Start(random, fact)) fact.set_value(OneOf(random, values));
}
void SetFlag(Random& random, v1::BoolFact& fact) {
  if (Start(random, fact)) fact.set_value(Pick(random, 2) == 0);
}
void SetAmount(Random& random, const std::vector<int64_t>& amounts, v1::CostFact& fact) {
  if (!Start(random, fact)) return;
  fact.set_high_cents(std::max<int64_t>(0, OneOf(random, amounts) + Pick(random, 3) - 1));
}
void SetNames(Random& random, Names names, int one_in, v1::StringListFact& fact) {
  if (!Start(random, fact)) return;
  std::sort(names.begin(), names.end());  // As in every such fact.
  for (const std::string& name : names) {
    if (Pick(random, one_in) == 0) fact.add_values(name);
  }
}

// Amounts that the rules of the policy compare with.
std::vector<int64_t> AmountsOf(const Policy& policy, Field field) {
  std::vector<int64_t> amounts = {0, 5000};
  for (const CompiledRule& rule : policy.rules()) {
    for (const Leaf& leaf : rule.program.leaves) {
      if (leaf.field == field && leaf.op != Op::kStated)
        amounts.insert(amounts.end(), leaf.numbers.begin(), leaf.numbers.end());
    }
  }
  return amounts;
}

}  // namespace

v1::Date RandomPolicyDay() { return Day(2026, 7, 1); }

v1::RuleCondition RandomCondition(Random& random, int depth) {
  v1::RuleCondition condition;
  const int pick = depth == 0 ? 0 : Pick(random, 8);
  if (pick <= 2) {
    *condition.mutable_leaf() = RandomTest(random);
  } else if (pick == 3) {
    *condition.mutable_negated() = RandomCondition(random, depth - 1);
  } else {
    v1::RuleConditionList& list = pick <= 5 ? *condition.mutable_all() : *condition.mutable_any();
    for (int i = 2 + Pick(random, 2); i > 0; --i)
      *list.add_conditions() = RandomCondition(random, depth - 1);
  }
  return condition;
}

std::shared_ptr<const Policy> RandomPolicy(Random& random, int rules) {
  PolicyParts parts;
  parts.published = RandomPolicyDay();
  parts.org = MakeOrg(random);
  parts.catalog = MakeCatalog(random);
  parts.rule_set.set_id("random");
  parts.rule_set.set_default_mode(v1::REVIEW_MODE_ASYNC);
  for (int i = 0; i < rules; ++i) *parts.rule_set.add_rules() = RandomRule(random, i);
  return Compiled(std::move(parts));
}

std::shared_ptr<const Policy> Varied(Random& random, const Policy& policy) {
  PolicyParts parts;
  parts.published = policy.published();
  parts.org = policy.org();
  parts.catalog = policy.catalog();
  parts.rule_set = policy.rule_set();
  if (Pick(random, 3) == 0) {
    v1::Product& product =
        *parts.catalog.mutable_products(Pick(random, parts.catalog.products_size()));
    v1::Tier& tier = *product.mutable_tiers(Pick(random, product.tiers_size()));
    tier.set_status(static_cast<v1::Tier::Status>(1 + Pick(random, 3)));
    tier.set_max_monthly_cents(5000 * (1 + Pick(random, 6)));
  } else {
    *parts.rule_set.mutable_rules(Pick(random, parts.rule_set.rules_size()))->mutable_when() =
        RandomCondition(random, 3);
  }
  return Compiled(std::move(parts));
}

v1::Facts RandomFacts(Random& random, const Policy& policy) {
  Names systems = IdsIn(policy.org().systems());
  systems.push_back("elsewhere");
  const Names tiers = TiersAndMore(policy);
  v1::Facts facts;
  SetString(random, {policy.org().categories().begin(), policy.org().categories().end()},
            *facts.mutable_category());
  SetString(random, systems, *facts.mutable_system());
  if (Start(random, *facts.mutable_dependencies()))
    SetDependencies(random, tiers, *facts.mutable_dependencies());
  SetString(random, kClasses, *facts.mutable_classification());
  SetFlag(random, *facts.mutable_personal());
  SetNames(random, IdsIn(policy.catalog().regions()), 2, *facts.mutable_regions());
  SetAmount(random, AmountsOf(policy, Field::kCostMonthlyUsd), *facts.mutable_monthly_cost());
  SetFlag(random, *facts.mutable_reversible());
  SetString(random, kRadii, *facts.mutable_blast_radius());
  SetNames(random, IdsIn(policy.org().sections()), 2, *facts.mutable_sections());
  SetString(random, kCoverages, *facts.mutable_coverage());
  SetNames(random, tiers, 20, *facts.mutable_undeclared());
  SetNames(random, IdsIn(policy.catalog().products()), 8, *facts.mutable_mentions_undeclared());
  SetAmount(random, AmountsOf(policy, Field::kHistorySystemCost90dUsd),
            *facts.mutable_system_cost_90d());
  return facts;
}

v1::Facts Blended(Random& random, const v1::Facts& base, const v1::Facts& other, int one_in) {
  const google::protobuf::Reflection& reflection = *v1::Facts::GetReflection();
  v1::Facts facts = base;
  v1::Facts rest = other;
  std::vector<const google::protobuf::FieldDescriptor*> fields;
  for (int i = 0; i < v1::Facts::descriptor()->field_count(); ++i) {
    if (Pick(random, one_in) == 0) fields.push_back(v1::Facts::descriptor()->field(i));
  }
  reflection.SwapFields(&facts, &rest, fields);
  return facts;
}

}  // namespace gavel::rules
