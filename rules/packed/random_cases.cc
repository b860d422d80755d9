#include "rules/packed/random_cases.h"

#include <algorithm>
#include <limits>

#include "rules/condition/field.h"
#include "rules/condition/program.h"
#include "rules/packed/pack.h"

namespace gavel::rules {
namespace {

using Names = std::vector<std::string>;

constexpr int64_t kAmounts[] = {0,       1,       14'999,    15'000,    60'000, 199'999,
                                200'000, 200'001, 2'000'000, 2'000'001, 500'001};

Names StrangerOr(Names names) {
  names.insert(names.end(), {"zzz/unknown", "zzz", "K8S/standard", "pg/standard-m"});
  return names;
}

// What a test of `field` may name.
Names OperandsOf(Field field, const Policy& policy) {
  const FieldInfo& info = InfoOf(field);
  Names names(info.values.begin(), info.values.end());
  switch (info.names) {
    case NameSpace::kCategories:
      return {policy.org().categories().begin(), policy.org().categories().end()};
    case NameSpace::kTiers:
      return StrangerOr(policy.catalog_index().TierNames());
    case NameSpace::kRegions:
      for (const v1::Region& region : policy.catalog().regions()) names.push_back(region.id());
      return StrangerOr(names);
    case NameSpace::kSections:
      for (const v1::Section& section : policy.org().sections()) names.push_back(section.id());
      return StrangerOr(names);
    case NameSpace::kProducts:
      for (const v1::Product& product : policy.catalog().products()) names.push_back(product.id());
      return StrangerOr(names);
    case NameSpace::kNone:
      return names.empty() ? Names{"a title"} : names;
  }
  return names;
}

v1::Predicate RandomPredicate(const Policy& policy, RandomSource& random) {
  v1::Predicate predicate;
  const FieldInfo& info = random.Pick(AllFields());
  const Names ops = OpWordsOf(info.type);
  predicate.set_field(std::string(info.name));
  predicate.set_op(random.Pick(ops));
  const Op op = *FindOp(predicate.op());
  const bool size = predicate.op().starts_with("size_");
  if (op == Op::kStated || info.type == FieldType::kBool) {
    predicate.add_args(random.OneIn(2) ? "true" : "false");
  } else if (info.type == FieldType::kMoney) {
    predicate.add_args(std::to_string(random.Pick(kAmounts)));
    predicate.add_args(std::to_string(random.Pick(kAmounts)));
  } else if (size) {
    predicate.add_args(std::to_string(random.Below(4)));
  } else {
    const Names operands = OperandsOf(info.field, policy);
    const bool one = op == Op::kIs || op == Op::kHas || op == Op::kLacks;
    for (size_t i = one ? 0 : random.Below(3); i-- > 0;) predicate.add_args(random.Pick(operands));
    if (info.type == FieldType::kSet && !one && !policy.catalog().sets().empty() && random.OneIn(2))
      predicate.add_args("@" + random.Pick(policy.catalog().sets()).id());
    if (predicate.args().empty()) predicate.add_args(random.Pick(operands));
  }
  if (op == Op::kOnlyIn) predicate.set_or_none(random.OneIn(2));
  return predicate;
}

v1::RuleCondition RandomCondition(const Policy& policy, RandomSource& random, int depth) {
  v1::RuleCondition condition;
  const size_t kind = depth == 0 ? 3 : random.Below(5);
  if (kind == 2) {
    *condition.mutable_negated() = RandomCondition(policy, random, depth - 1);
  } else if (kind < 2) {
    v1::RuleConditionList& list = kind == 0 ? *condition.mutable_all() : *condition.mutable_any();
    for (size_t i = 1 + random.Below(4); i-- > 0;)
      *list.add_conditions() = RandomCondition(policy, random, depth - 1);
  } else {
    *condition.mutable_leaf() = RandomPredicate(policy, random);
  }
  return condition;
}

void SetEffect(const Policy& policy, RandomSource& random, v1::Rule& rule) {
  switch (random.Below(5)) {
    case 0:
    case 1:
      rule.mutable_auto_approve()->set_audit_percent(static_cast<int>(random.Below(100)));
      return;
    case 2:
      rule.mutable_needs_author()->set_section("cost");
      return;
    case 3:
      rule.mutable_flag()->set_label("label");
      return;
    default:
      rule.mutable_require()->set_mode(random.OneIn(2) ? v1::REVIEW_MODE_ASYNC
                                                       : v1::REVIEW_MODE_SYNC);
      if (random.OneIn(2)) return;
      rule.mutable_require()->set_area(random.Pick(policy.org().areas()).id());
      v1::RequiredReviewers& reviewers = *rule.mutable_require()->add_reviewers();
      reviewers.set_from("group:security");
      reviewers.set_count(1);
  }
}

// A day at, one before or one after a change of the policy; sometimes any day.
int32_t RandomDay(const Policy& policy, RandomSource& random) {
  std::vector<int32_t> days = {DayOf(policy.published())};
  for (const CompiledRule& rule : policy.rules()) days.push_back(DayOf(rule.rule.review_by()));
  for (const v1::Product& product : policy.catalog().products()) {
    for (const v1::Tier& tier : product.tiers()) {
      if (tier.has_review_by()) days.push_back(DayOf(tier.review_by()));
      if (tier.has_sunset()) days.push_back(DayOf(tier.sunset()));
    }
  }
  if (random.OneIn(4)) return 18'000 + static_cast<int32_t>(random.Below(4'000));
  return random.Pick(days) - 1 + static_cast<int32_t>(random.Below(3));
}

v1::FactStatus RandomStatus(RandomSource& random) {
  constexpr v1::FactStatus kOthers[] = {v1::FACT_STATUS_UNSPECIFIED, v1::FACT_STATUS_MISSING,
                                        v1::FACT_STATUS_MISSING, v1::FACT_STATUS_STATED_UNKNOWN,
                                        v1::FACT_STATUS_INVALID};
  return random.OneIn(8) ? random.Pick(kOthers) : v1::FACT_STATUS_KNOWN;
}

void Set(const Names& names, RandomSource& random, v1::StringFact& fact) {
  fact.set_status(RandomStatus(random));
  fact.set_value(random.Pick(names));
}

void SetList(const Names& names, size_t most, RandomSource& random, v1::StringListFact& fact) {
  fact.set_status(RandomStatus(random));
  for (size_t i = random.Below(most + 1); i-- > 0;) fact.add_values(random.Pick(names));
}

void SetBool(RandomSource& random, v1::BoolFact& fact) {
  fact.set_status(RandomStatus(random));
  fact.set_value(random.OneIn(2));
}

void SetCost(RandomSource& random, v1::CostFact& fact) {
  fact.set_status(RandomStatus(random));
  fact.set_high_cents(random.OneIn(50) ? std::numeric_limits<int64_t>::max()
                                       : random.Pick(kAmounts));
  fact.set_low_cents(fact.high_cents() / 2);
}

void SetDependencies(const Policy& policy, RandomSource& random, v1::DependenciesFact& fact) {
  const Names names = OperandsOf(Field::kDepsAll, policy);
  fact.set_status(RandomStatus(random));
  for (size_t i = random.Below(5); i-- > 0;) {
    // Mostly what the catalog knows, or nothing would ever be approved.
    const std::string& name =
        random.OneIn(8) ? random.Pick(names) : random.Pick(policy.catalog_index().TierNames());
    v1::Dependency& dependency = *fact.add_dependencies();
    const size_t slash = std::min(name.find('/'), name.size());
    dependency.set_product(name.substr(0, slash));
    dependency.set_tier(random.OneIn(20) ? "odd" : name.substr(std::min(slash + 1, name.size())));
    if (random.OneIn(40)) dependency.set_product(name);
    if (random.OneIn(40)) dependency.clear_tier();
  }
}

v1::Facts RandomFacts(const Policy& policy, RandomSource& random) {
  v1::Facts facts;
  facts.set_foreign(random.OneIn(50));
  facts.set_title("a title");
  facts.set_area(random.OneIn(8) ? "" : random.Pick(policy.org().areas()).id());
  if (random.OneIn(8)) facts.set_wants(static_cast<v1::ReviewMode>(random.Below(4)));
  Names categories = OperandsOf(Field::kSpecCategory, policy);
  categories.push_back("policy");
  Names systems = {"stranger"};
  for (const v1::System& system : policy.org().systems()) systems.push_back(system.id());
  Set(categories, random, *facts.mutable_category());
  Set(systems, random, *facts.mutable_system());
  SetDependencies(policy, random, *facts.mutable_dependencies());
  Set(OperandsOf(Field::kDataClassification, policy), random, *facts.mutable_classification());
  Set(OperandsOf(Field::kChangeBlastRadius, policy), random, *facts.mutable_blast_radius());
  Set(OperandsOf(Field::kDetectCoverage, policy), random, *facts.mutable_coverage());
  SetBool(random, *facts.mutable_personal());
  SetBool(random, *facts.mutable_reversible());
  SetList(OperandsOf(Field::kRegions, policy), 3, random, *facts.mutable_regions());
  SetList(OperandsOf(Field::kSections, policy), 5, random, *facts.mutable_sections());
  if (random.OneIn(3)) {
    SetList(OperandsOf(Field::kDepsAll, policy), 2, random, *facts.mutable_undeclared());
    SetList(OperandsOf(Field::kMentionsUndeclared, policy), 2, random,
            *facts.mutable_mentions_undeclared());
  } else {
    facts.mutable_undeclared()->set_status(v1::FACT_STATUS_KNOWN);
    facts.mutable_mentions_undeclared()->set_status(v1::FACT_STATUS_KNOWN);
  }
  SetCost(random, *facts.mutable_monthly_cost());
  SetCost(random, *facts.mutable_system_cost_90d());
  return facts;
}

}  // namespace

std::shared_ptr<const Policy> RandomPolicy(const Policy& base, RandomSource& random) {
  PolicyParts parts;
  parts.org = base.org();
  v1::System& vault = *parts.org.add_systems();
  vault.set_id("vault");
  vault.set_classification(random.OneIn(2) ? "confidential" : "restricted");
  parts.catalog = base.catalog();
  parts.published = base.published();
  parts.rule_set.set_id("random");
  parts.rule_set.set_default_mode(random.OneIn(2) ? v1::REVIEW_MODE_ASYNC : v1::REVIEW_MODE_SYNC);
  for (int i = 0; i < 12; ++i) {
    v1::Rule& rule = *parts.rule_set.add_rules();
    rule.set_id("rule/" + std::string(1, static_cast<char>('a' + i)));
    rule.set_title("A rule");
    rule.set_state(random.OneIn(2) ? v1::Rule::STATE_ENFORCE
                                   : static_cast<v1::Rule::State>(1 + random.Below(4)));
    *rule.mutable_review_by() = DateOf(RandomDay(base, random));
    *rule.mutable_when() = RandomCondition(base, random, 3);
    SetEffect(base, random, rule);
    parts.rules.push_back({rule, CompileProgram(rule.when())});
  }
  return std::make_shared<const Policy>(std::move(parts));
}

v1::EvaluationRecord RandomRecord(const Policy& policy, RandomSource& random) {
  v1::EvaluationRecord record;
  *record.mutable_facts() = RandomFacts(policy, random);
  *record.mutable_as_of() = DateOf(RandomDay(policy, random));
  record.set_facts_unknown(random.OneIn(8));
  record.set_snapshot_stale(random.OneIn(20));
  if (random.OneIn(20)) {
    v1::Finding& finding = *record.add_findings();
    finding.set_code(random.OneIn(2) ? "GV104" : "GV311");
    finding.set_field("front_matter.regions");
  }
  v1::EvaluationHistory& history = *record.mutable_history();
  if (random.OneIn(20)) history.set_recent_rejection("MED-1");
  if (random.OneIn(20)) history.set_supersedes_people("MED-2");
  if (random.OneIn(20)) history.set_auto_decisions_7d(static_cast<int>(random.Below(5)));
  history.set_changes_policy(random.OneIn(20));
  for (const CompiledRule& rule : policy.rules()) {
    if (random.OneIn(20)) record.add_breaker_open(rule.rule.id());
    if (random.OneIn(20)) history.add_own_rules(rule.rule.id());
  }
  return record;
}

}  // namespace gavel::rules
