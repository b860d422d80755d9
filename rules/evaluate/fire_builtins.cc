// The built-in rules, always on. Only the area that a requirement consults is set by the policy.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "rules/date.h"
#include "rules/evaluate/firing.h"
#include "rules/finding_codes.h"
#include "rules/text/words.h"

namespace gavel::rules {
namespace {

constexpr std::string_view kIds[] = {
    "builtin/changes-rules-or-catalog", "builtin/dependencies-not-stated",
    "builtin/facts-missing",            "builtin/front-matter-invalid",
    "builtin/own-rule",                 "builtin/recent-rejection",
    "builtin/snapshot-stale",           "builtin/sunset-dependency",
    "builtin/supersedes-people",        "builtin/too-many-auto",
    "builtin/uncataloged-dependency"};

class Builtins {
 public:
  Builtins(const v1::Facts& facts, const Policy& policy, const EvaluateInputs& inputs,
           const std::vector<Firing>& rules)
      : facts_(facts), policy_(policy), inputs_(inputs), rules_(rules) {}

  std::vector<Firing> Fire() {
    FrontMatterInvalid();
    DependenciesNotStated();
    FactsMissing();
    CheckDependencies();
    ChangesRulesOrCatalog();
    AskHistory();
    return std::move(firings_);
  }

 private:
  void FrontMatterInvalid();
  void DependenciesNotStated();
  void FactsMissing();
  void CheckDependencies();
  void ChangesRulesOrCatalog();
  void AskHistory();

  Firing& Add(const std::string& name, std::string title, std::string reason,
              v1::RuleResult::Effect effect);
  Firing& Require(const std::string& name, std::string title, std::string reason,
                  v1::ReviewMode mode);
  Firing& RequireDefault(const std::string& name, std::string title, std::string reason) {
    return Require(name, std::move(title), std::move(reason), policy_.rule_set().default_mode());
  }
  void CheckDependency(const std::string& name, const v1::Product* product, const TierRef* tier,
                       std::vector<std::string>& uncataloged,
                       std::vector<std::string>& sunset) const;

  const v1::Facts& facts_;
  const Policy& policy_;
  const EvaluateInputs& inputs_;
  const std::vector<Firing>& rules_;
  std::vector<Firing> firings_;
};

Firing& Builtins::Add(const std::string& name, std::string title, std::string reason,
                      v1::RuleResult::Effect effect) {
  Firing& firing = firings_.emplace_back();
  firing.fired = firing.enforced = true;
  firing.result.set_id("builtin/" + name);
  firing.result.set_title(std::move(title));
  firing.result.set_why(reason);
  firing.result.set_effect(effect);
  firing.result.set_truth(v1::TRUTH_TRUE);
  firing.reason = std::move(reason);
  const auto& set_aside = inputs_.overridden;
  if (std::find(set_aside.begin(), set_aside.end(), firing.result.id()) != set_aside.end()) {
    firing.result.set_suspension(v1::RuleResult::SUSPENSION_OVERRIDDEN);
  }
  return firing;
}

Firing& Builtins::Require(const std::string& name, std::string title, std::string reason,
                          v1::ReviewMode mode) {
  Firing& firing = Add(name, std::move(title), std::move(reason), v1::RuleResult::EFFECT_REQUIRE);
  firing.mode = mode;
  const auto area = policy_.org().builtin_areas().find(name);
  if (area != policy_.org().builtin_areas().end()) firing.area = area->second;
  return firing;
}

void Builtins::FrontMatterInvalid() {
  std::set<int> lines;
  int wrong = 0;
  for (const v1::Finding& finding : inputs_.findings) {
    const FindingCode* const code = FindFindingCode(finding.code());
    if (code == nullptr || code->consequence == Consequence::kNone) continue;
    ++wrong;
    if (finding.line() > 0) lines.insert(finding.line());
  }
  const auto invalid = [](const auto& fact) { return fact.status() == v1::FACT_STATUS_INVALID; };
  const bool fact_wrong = invalid(facts_.category()) || invalid(facts_.system()) ||
                          invalid(facts_.dependencies()) || invalid(facts_.classification()) ||
                          invalid(facts_.personal()) || invalid(facts_.regions()) ||
                          invalid(facts_.monthly_cost()) || invalid(facts_.reversible()) ||
                          invalid(facts_.blast_radius());
  if (wrong == 0 && !fact_wrong) return;
  std::string reason = wrong > 1 ? fmt::format("{} values of the front matter are wrong", wrong)
                                 : "a value of the front matter is wrong";
  if (!lines.empty()) {
    reason += fmt::format(" ({} {})", lines.size() == 1 ? "line" : "lines", fmt::join(lines, ", "));
  }
  Add("front-matter-invalid", "A value of the front matter is wrong", std::move(reason),
      v1::RuleResult::EFFECT_NEEDS_AUTHOR);
}

void Builtins::DependenciesNotStated() {
  const v1::FactStatus status = facts_.dependencies().status();
  const bool missing = status == v1::FACT_STATUS_MISSING || status == v1::FACT_STATUS_UNSPECIFIED;
  if (!missing || inputs_.facts_unknown) return;
  Firing& firing = Add("dependencies-not-stated", "The dependencies are not stated",
                       "`dependencies` is not stated", v1::RuleResult::EFFECT_NEEDS_AUTHOR);
  firing.findings.push_back(MakeFinding("GV220", "front_matter.dependencies",
                                        "dependencies: Not stated, so no rule can decide. List "
                                        "every `use: product/tier`, or write `none` "
                                        "or `unknown`."));
}

// A requirement that fired only because the author left something out: asking for the value is
// cheaper than a meeting that the value would have spared.
void Builtins::FactsMissing() {
  std::map<std::string, std::vector<std::string>> rules_by_key;
  std::vector<std::string> ids;
  for (const Firing& rule : rules_) {
    const bool undecided = rule.Counts() && rule.Is(v1::RuleResult::EFFECT_REQUIRE) &&
                           rule.result.truth() == v1::TRUTH_UNKNOWN;
    if (!undecided || rule.missing_keys.empty()) continue;
    ids.push_back(fmt::format("`{}`", rule.result.id()));
    for (const std::string& key : rule.missing_keys) rules_by_key[key].push_back(ids.back());
  }
  if (ids.empty()) return;
  std::vector<std::string> keys;
  for (const auto& [key, rules] : rules_by_key) keys.push_back(fmt::format("`{}`", key));
  Firing& firing = Add("facts-missing", "A missing fact decides the review",
                       fmt::format("{} {} missing, which decides {}", JoinAnd(keys),
                                   keys.size() == 1 ? "is" : "are", JoinAnd(ids)),
                       v1::RuleResult::EFFECT_NEEDS_AUTHOR);
  for (const auto& [key, rules] : rules_by_key) {
    firing.findings.push_back(MakeFinding(
        "GV221", "front_matter." + key,
        fmt::format("{}: Missing, and {} {} on it. State it, or write `unknown`.", key,
                    JoinAnd(rules), rules.size() == 1 ? "depends" : "depend")));
  }
}

void Builtins::CheckDependency(const std::string& name, const v1::Product* product,
                               const TierRef* tier, std::vector<std::string>& uncataloged,
                               std::vector<std::string>& sunset) const {
  if (tier == nullptr) {
    std::vector<std::string> tiers;
    for (int i = 0; product != nullptr && i < product->tiers_size(); ++i)
      tiers.push_back(product->tiers(i).id());
    uncataloged.push_back(tiers.empty() ? fmt::format("`{}`", name)
                                        : fmt::format("`{}` (tiers of {}: {})", name, product->id(),
                                                      JoinComma(tiers)));
  } else if (CatalogIndex::PastSunset(*tier->tier, inputs_.as_of)) {
    sunset.push_back(
        fmt::format("`{}` is past its sunset date ({})", name, DateText(tier->tier->sunset())));
  }
}

void Builtins::CheckDependencies() {
  std::vector<std::string> uncataloged, sunset;
  const CatalogIndex& catalog = policy_.catalog_index();
  const auto check = [&](const std::string& product_name, const std::string& tier_name,
                         const std::string& name) {
    const v1::Product* const product = catalog.FindProduct(product_name);
    const auto tier =
        product != nullptr ? catalog.FindTier(product->id(), tier_name) : std::nullopt;
    CheckDependency(name, product, tier ? &*tier : nullptr, uncataloged, sunset);
  };
  if (facts_.dependencies().status() == v1::FACT_STATUS_KNOWN) {
    for (const v1::Dependency& dependency : facts_.dependencies().dependencies()) {
      check(dependency.product(), dependency.tier(), DependencyName(dependency));
    }
  }
  for (const std::string& name : facts_.undeclared().values()) {
    const size_t slash = name.find('/');
    check(name.substr(0, slash), slash == std::string::npos ? "" : name.substr(slash + 1), name);
  }
  if (!uncataloged.empty()) {
    RequireDefault("uncataloged-dependency", "A dependency is not in the catalog",
                   fmt::format("{} {} not in the catalog", JoinAnd(uncataloged),
                               uncataloged.size() == 1 ? "is" : "are"));
  }
  if (!sunset.empty()) {
    RequireDefault("sunset-dependency", "A dependency is past its sunset", JoinAnd(sunset));
  }
}

void Builtins::ChangesRulesOrCatalog() {
  const bool by_category =
      facts_.category().status() == v1::FACT_STATUS_KNOWN && facts_.category().value() == "policy";
  if (!inputs_.history.changes_policy && !by_category) return;
  Firing& firing = Require("changes-rules-or-catalog", "The spec changes the rules or the catalog",
                           "it changes the rules or the catalog", v1::REVIEW_MODE_SYNC);
  const v1::Area* const area = policy_.FindArea(firing.area.empty() ? facts_.area() : firing.area);
  if (area == nullptr || area->gate().group().empty()) return;
  v1::ReviewerClause& clause = firing.reviewers.emplace_back();
  clause.set_from("group:" + area->gate().group());
  clause.set_count(2);
  clause.set_rule(firing.result.id());
}

void Builtins::AskHistory() {
  const History& history = inputs_.history;
  if (!history.recent_rejection.empty()) {
    RequireDefault(
        "recent-rejection", "A similar spec was rejected lately",
        fmt::format("{}, much like it, was rejected or withdrawn under a block in the last 90 days",
                    history.recent_rejection));
  }
  if (!history.supersedes_people.empty()) {
    RequireDefault(
        "supersedes-people", "It supersedes a spec approved by people",
        fmt::format("it supersedes {}, which people approved", history.supersedes_people));
  }
  if (history.auto_decisions_7d >= kAutoDecisionsAllowed) {
    Require("too-many-auto", "Too many automatic decisions",
            fmt::format("{} automatic decisions on this spec in 7 days are enough",
                        history.auto_decisions_7d),
            v1::REVIEW_MODE_ASYNC);
  }
  for (const Firing& rule : rules_) {
    const auto& own = history.own_rules;
    const bool approves = rule.Counts() && rule.Is(v1::RuleResult::EFFECT_AUTO_APPROVE);
    if (!approves || std::find(own.begin(), own.end(), rule.result.id()) == own.end()) continue;
    RequireDefault("own-rule", "An author edited the rule that would approve",
                   fmt::format("an author edited {} in the last 14 days", rule.result.id()));
    break;
  }
  if (inputs_.snapshot_stale) {
    RequireDefault("snapshot-stale", "The organisation is out of date",
                   "the organisation was not synchronised for 7 days");
  }
}

}  // namespace

std::span<const std::string_view> BuiltinIds() { return kIds; }

std::vector<Firing> FireBuiltins(const v1::Facts& facts, const Policy& policy,
                                 const EvaluateInputs& inputs, const std::vector<Firing>& rules) {
  return Builtins(facts, policy, inputs, rules).Fire();
}

}  // namespace gavel::rules
