#include "rules/analysis/z3_oracle.h"

#include <algorithm>
#include <set>
#include <tuple>

namespace gavel::rules {
namespace {

const std::vector<std::string> kClasses = {"public", "internal", "confidential", "restricted"};
const std::vector<std::string> kRadii = {"low", "medium", "high"};
const std::vector<std::string> kCoverages = {"none", "declared_only", "partial", "full"};

int IndexOf(const std::vector<std::string>& names, const std::string& name) {
  return static_cast<int>(std::find(names.begin(), names.end(), name) - names.begin());
}

bool IsAfter(const v1::Date& a, const v1::Date& b) {
  return std::tuple(a.year(), a.month(), a.day()) > std::tuple(b.year(), b.month(), b.day());
}

std::string ProductOf(const std::string& name) { return name.substr(0, name.find('/')); }

bool IsDependencies(const std::string& field) { return field.starts_with("deps."); }

// The kind of set test: whether it names members, or counts them.
bool IsSize(const std::string& op) { return op.starts_with("size_"); }

z3::expr Compare(const z3::expr& value, const std::string& op, const z3::expr& limit) {
  if (op.ends_with("lt")) return value < limit;
  if (op.ends_with("lte")) return value <= limit;
  if (op.ends_with("gt")) return value > limit;
  return value >= limit;
}

z3::expr Larger(const z3::expr& a, const z3::expr& b) { return z3::ite(a > b, a, b); }

}  // namespace

AnySpec::AnySpec(z3::context& context, const v1::Org& org, const v1::Catalog& catalog)
    : context_(context), categories_(org.categories().begin(), org.categories().end()) {
  for (const v1::System& system : org.systems()) systems_.push_back(system.id());
  for (const char* field : {"spec.category", "system", "data.classification", "change.blast_radius",
                            "detect.coverage", "cost.monthly_usd", "history.system_cost_90d_usd"}) {
    values_.emplace(field, Int(field));
    known_.emplace(field, Bool(std::string("known ") + field));
  }
  for (const char* field : {"data.personal", "change.reversible"}) {
    values_.emplace(field, Bool(field));
    known_.emplace(field, Bool(std::string("known ") + field));
  }
  std::vector<std::string> tiers, products, regions, sections;
  for (const v1::Product& product : catalog.products()) {
    products.push_back(product.id());
    for (const v1::Tier& tier : product.tiers()) tiers.push_back(product.id() + "/" + tier.id());
  }
  for (const v1::Region& region : catalog.regions()) regions.push_back(region.id());
  for (const v1::Section& section : org.sections()) sections.push_back(section.id());
  sets_.emplace("deps", MakeMembers("deps", tiers));
  for (const std::string& product : products)
    sets_.at("deps").more.emplace(product, Int("deps more " + product));
  sets_.at("deps").more.emplace("", Int("deps more"));
  sets_.emplace("detect.undeclared", MakeMembers("detect.undeclared", tiers));
  sets_.at("detect.undeclared").more.emplace("", Int("undeclared more"));
  sets_.emplace("regions", MakeMembers("regions", regions));
  sets_.emplace("sections", MakeMembers("sections", sections));
  sets_.emplace("mentions.undeclared", MakeMembers("mentions.undeclared", products));
}

AnySpec::Members AnySpec::MakeMembers(const std::string& name,
                                      const std::vector<std::string>& names) const {
  Members members{{}, {}, Bool("known " + name)};
  for (const std::string& one : names) members.has.emplace(one, Bool(name + " has " + one));
  return members;
}

z3::expr AnySpec::Limits() const {
  const auto within = [&](const char* field, size_t count) {
    return values_.at(field) >= 0 && values_.at(field) < static_cast<int>(count);
  };
  z3::expr limits = within("spec.category", categories_.size()) &&
                    within("system", systems_.size() + 1) &&  // The last is in no organisation.
                    within("data.classification", kClasses.size()) &&
                    within("change.blast_radius", kRadii.size()) &&
                    within("detect.coverage", kCoverages.size()) &&
                    values_.at("cost.monthly_usd") >= 0 &&
                    values_.at("history.system_cost_90d_usd") >= 0;
  for (const auto& [field, members] : sets_) {
    for (const auto& [product, count] : members.more) limits = limits && count >= 0;
  }
  return limits;
}

Kleene Oracle::Condition(const v1::RuleCondition& condition) const {
  if (condition.has_leaf()) return Test(condition.leaf());
  if (condition.has_negated()) {
    const Kleene inner = Condition(condition.negated());
    return {inner.is_false, inner.is_true};
  }
  const bool all = condition.has_all();
  Kleene result{context_.bool_val(all), context_.bool_val(!all)};
  for (const v1::RuleCondition& child :
       all ? condition.all().conditions() : condition.any().conditions()) {
    const Kleene one = Condition(child);
    if (all) {
      result = {result.is_true && one.is_true, result.is_false || one.is_false};
    } else {
      result = {result.is_true || one.is_true, result.is_false && one.is_false};
    }
  }
  return result;
}

Kleene Oracle::Test(const v1::Predicate& leaf) const {
  const std::string& field = leaf.field();
  const bool set = IsDependencies(field) || spec_.sets_.count(field) > 0;
  if (leaf.op() == "stated" && field != "cost.monthly_usd") {
    const z3::expr known =
        set ? spec_.sets_.at(IsDependencies(field) ? "deps" : field).known : spec_.known_.at(field);
    return Both(True(), leaf.args(0) == "true" ? known : !known);
  }
  if (set) return OfSet(leaf);
  if (field == "data.personal" || field == "change.reversible") {
    const z3::expr& value = spec_.values_.at(field);
    return Both(spec_.known_.at(field), leaf.args(0) == "true" ? value : !value);
  }
  if (field == "data.classification") return OfRank(leaf, kClasses);
  if (field == "change.blast_radius") return OfRank(leaf, kRadii);
  if (field == "detect.coverage") return OfRank(leaf, kCoverages);
  if (field == "spec.category") return OfRank(leaf, spec_.categories_);
  return OfMoney(leaf);
}

// A data class is at least what its system's is; a system that is not known may be any.
Kleene Oracle::OfRank(const v1::Predicate& leaf, const std::vector<std::string>& ranks) const {
  const z3::expr& declared = spec_.values_.at(leaf.field());
  z3::expr low = declared, high = declared;
  if (leaf.field() == "data.classification") {
    z3::expr floor = context_.int_val(0);
    int highest = 0;
    for (const v1::System& system : org_.systems()) {
      if (system.classification().empty()) continue;
      const int rank = IndexOf(kClasses, system.classification());
      highest = std::max(highest, rank);
      floor = z3::ite(spec_.values_.at("system") == IndexOf(spec_.systems_, system.id()),
                      context_.int_val(rank), floor);
    }
    const z3::expr& system = spec_.known_.at("system");
    low = z3::ite(system, Larger(declared, floor), declared);
    high = Larger(declared, z3::ite(system, floor, context_.int_val(highest)));
  }
  z3::expr some = False(), all = True();
  for (int rank = 0; rank < static_cast<int>(ranks.size()); ++rank) {
    const bool named = std::find(leaf.args().begin(), leaf.args().end(),
                                 ranks[static_cast<size_t>(rank)]) != leaf.args().end();
    const int first = IndexOf(ranks, leaf.args(0));
    const bool wanted = leaf.op() == "not_in"     ? !named
                        : leaf.op() == "at_least" ? rank >= first
                        : leaf.op() == "at_most"  ? rank <= first
                                                  : named;
    const z3::expr possible = low <= rank && rank <= high;
    if (wanted) some = some || possible;
    if (!wanted) all = all && !possible;
  }
  const z3::expr& known = spec_.known_.at(leaf.field());
  return {known && all, known && !some};
}

// The value is somewhere from `low` to `high`.
Kleene Oracle::Between(const z3::expr& known, const z3::expr& low, const z3::expr& high,
                       const v1::Predicate& leaf) const {
  const auto limit = [&](int i) { return context_.int_val(leaf.args(i).c_str()); };
  if (leaf.op() == "between") {
    return {known && low >= limit(0) && high <= limit(1),
            known && (high < limit(0) || low > limit(1))};
  }
  const z3::expr at_low = Compare(low, leaf.op(), limit(0));
  const z3::expr at_high = Compare(high, leaf.op(), limit(0));
  return {known && at_low && at_high, known && !at_low && !at_high};
}

// The larger of what is declared and what the catalog adds up; of unknown dependencies it may be
// anything up to all of it.
Kleene Oracle::OfMoney(const v1::Predicate& leaf) const {
  const z3::expr& known = spec_.known_.at(leaf.field());
  const z3::expr& declared = spec_.values_.at(leaf.field());
  if (leaf.op() == "stated") return Both(True(), leaf.args(0) == "true" ? known : !known);
  if (leaf.field() != "cost.monthly_usd") return Between(known, declared, declared, leaf);
  const AnySpec::Members& deps = spec_.sets_.at("deps");
  z3::expr sum = context_.int_val(0);
  int64_t total = 0;
  for (const v1::Product& product : catalog_.products()) {
    for (const v1::Tier& tier : product.tiers()) {
      const int64_t price = tier.max_monthly_cents();
      total += price;
      sum = sum + z3::ite(deps.has.at(product.id() + "/" + tier.id()), context_.int_val(price),
                          context_.int_val(0));
    }
  }
  const z3::expr most = z3::ite(deps.known, sum, context_.int_val(total));
  const z3::expr high = Larger(declared, most);
  const z3::expr low = z3::ite(deps.known, high, declared);
  return Between(known, low, high, leaf);
}

bool Oracle::IsNamed(const v1::Predicate& leaf, const std::string& name) const {
  for (const std::string& arg : leaf.args()) {
    if (arg == name) return true;
    if (!arg.starts_with('@')) continue;
    for (const v1::CatalogSet& set : catalog_.sets()) {
      if ("@" + set.id() != arg) continue;
      if (std::find(set.names().begin(), set.names().end(), name) != set.names().end()) return true;
      for (const v1::Region& region : catalog_.regions()) {
        const bool grouped = !set.group().empty() && region.group() == set.group();
        if (set.of_regions() && region.id() == name && grouped) return true;
      }
      for (const v1::Product& product : catalog_.products()) {
        for (const v1::Tier& tier : product.tiers()) {
          if (product.id() + "/" + tier.id() != name || set.of_regions()) continue;
          const bool lapsed = tier.status() == v1::Tier::STATUS_STANDARD && tier.has_review_by() &&
                              IsAfter(as_of_, tier.review_by());
          const auto status = lapsed ? v1::Tier::STATUS_ALLOWED : tier.status();
          const bool fits =
              set.product_class().empty() || set.product_class() == product.product_class();
          if (set.status() != v1::Tier::STATUS_UNSPECIFIED && status == set.status() && fits)
            return true;
        }
      }
    }
  }
  return false;
}

// Whether dependencies on a product are part of the field.
bool Oracle::Counts(const std::string& field, const std::string& product) const {
  if (!IsDependencies(field) || field == "deps.all") return true;
  std::string kind = "other";
  for (const v1::Product& one : catalog_.products()) {
    const bool named = one.product_class() == "storage" || one.product_class() == "compute";
    if (one.id() == product && named) kind = one.product_class();
  }
  return field == "deps." + kind;
}

Kleene Oracle::OfSet(const v1::Predicate& leaf) const {
  const AnySpec::Members& members =
      spec_.sets_.at(IsDependencies(leaf.field()) ? "deps" : leaf.field());
  z3::expr size = context_.int_val(0);
  z3::expr named = False(), other = False();
  for (const auto& [name, has] : members.has) {
    if (!Counts(leaf.field(), ProductOf(name))) continue;
    size = size + z3::ite(has, context_.int_val(1), context_.int_val(0));
    if (IsNamed(leaf, name)) {
      named = named || has;
    } else {
      other = other || has;
    }
  }
  for (const auto& [product, count] : members.more) {
    if (!Counts(leaf.field(), product)) continue;
    size = size + count;
    other = other || count > 0;
  }
  if (IsSize(leaf.op()))
    return Both(members.known, Compare(size, leaf.op(), context_.int_val(leaf.args(0).c_str())));
  if (leaf.op() == "only_in") {
    const z3::expr filled = leaf.or_none() ? True() : size > 0;
    return Both(members.known, !other && filled);
  }
  const bool wants = leaf.op() == "any_in" || leaf.op() == "has";
  return Both(members.known, wants ? named : !named);
}

bool Oracle::IsRefused(const std::string& name) const {
  for (const v1::Product& product : catalog_.products()) {
    for (const v1::Tier& tier : product.tiers()) {
      if (product.id() + "/" + tier.id() != name) continue;
      return tier.status() == v1::Tier::STATUS_DEPRECATED && tier.has_sunset() &&
             IsAfter(as_of_, tier.sunset());
    }
  }
  return true;
}

z3::expr Oracle::Fires(int rule, const v1::RuleCondition& condition) const {
  const Kleene truth = Condition(condition);
  return rules_.rules(rule).has_auto_approve() ? truth.is_true : !truth.is_false;
}

// A rule in force asks for people or the author, or a built-in does.
z3::expr Oracle::Objected() const {
  z3::expr objected = False();
  for (int i = 0; i < rules_.rules_size(); ++i) {
    const v1::Rule& rule = rules_.rules(i);
    if (rule.state() != v1::Rule::STATE_ENFORCE || rule.has_auto_approve()) continue;
    objected = objected || Fires(i, rule.when());
  }
  for (const char* field : {"deps", "detect.undeclared"}) {
    const AnySpec::Members& members = spec_.sets_.at(field);
    for (const auto& [name, has] : members.has) {
      if (IsRefused(name)) objected = objected || (members.known && has);
    }
    for (const auto& [product, count] : members.more)
      objected = objected || (members.known && count > 0);
  }
  const int policy = IndexOf(spec_.categories_, "policy");
  return objected ||
         (spec_.known_.at("spec.category") && spec_.values_.at("spec.category") == policy);
}

z3::expr Oracle::Approves(int rule, const v1::RuleCondition& condition) const {
  const v1::Rule& approving = rules_.rules(rule);
  const bool in_force = approving.has_auto_approve() &&
                        approving.state() == v1::Rule::STATE_ENFORCE &&
                        !IsAfter(as_of_, approving.review_by());
  if (!in_force) return False();
  return Condition(condition).is_true && !Objected();
}

z3::expr Oracle::ApprovesAny() const {
  z3::expr approves = False();
  for (int i = 0; i < rules_.rules_size(); ++i)
    approves = approves || Approves(i, rules_.rules(i).when());
  return approves;
}

}  // namespace gavel::rules
