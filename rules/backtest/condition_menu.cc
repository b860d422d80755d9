#include "rules/backtest/condition_menu.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "engine/base/status_macros.h"
#include "rules/compile/policy_files.h"
#include "rules/compile/rule_checks.h"
#include "rules/condition/field.h"
#include "rules/packed/fast_policy.h"
#include "rules/packed/layout.h"

namespace gavel::rules {
namespace {

constexpr size_t kRulesPerPolicy = 100;  // Keeps the generated file far below its size limit.
constexpr int kQuantiles[] = {10, 25, 50, 75, 90, 100};
constexpr int64_t kCentsPerUnit = 100;

class Menu {
 public:
  void Add(std::string_view field, const std::vector<std::string>& tests) {
    if (tests.empty()) return;
    const auto& guards = MandatoryGuards();
    Dimension& dimension = dimensions_.emplace_back();
    dimension.guard = std::find(guards.begin(), guards.end(), field) != guards.end();
    for (const std::string& test : tests) {
      dimension.choices.emplace_back().yaml = fmt::format("{}: {{{}}}", field, test);
    }
    dimension.choices.emplace_back();
  }

  std::vector<Dimension> Take() { return std::move(dimensions_); }

 private:
  std::vector<Dimension> dimensions_;
};

std::vector<std::string> SetTests(const v1::Catalog& catalog, bool of_regions) {
  std::vector<std::string> tests;
  for (const v1::CatalogSet& set : catalog.sets()) {
    if (set.of_regions() != of_regions) continue;
    if (!of_regions) tests.push_back(fmt::format("only_in: \"@{}\", or_none: false", set.id()));
    tests.push_back(fmt::format("only_in: \"@{}\", or_none: true", set.id()));
  }
  return tests;
}

// `at_most: low`, `at_most: medium`, and so on. Even the loosest asks that the fact is known.
std::vector<std::string> RankTests(Field field, std::string_view op) {
  std::vector<std::string> tests;
  for (const std::string_view value : InfoOf(field).values) {
    tests.push_back(fmt::format("{}: {}", op, value));
  }
  return tests;
}

// Whole units, upwards, so that the review at the quantile is within.
std::vector<std::string> CostTests(const std::vector<const v1::ReviewCase*>& cases) {
  std::vector<int64_t> costs;
  for (const v1::ReviewCase* review : cases) {
    const v1::PackedFacts& facts = review->facts();
    if (StatusOf(facts.statuses(), PackedFact::kMonthlyCost) != PackedStatus::kKnown) continue;
    costs.push_back(facts.cost_high() / kCentsPerUnit +
                    (facts.cost_high() % kCentsPerUnit > 0 ? 1 : 0));
  }
  if (costs.empty()) return {};
  std::sort(costs.begin(), costs.end());
  std::set<int64_t> limits;
  for (const int percent : kQuantiles) {
    limits.insert(costs[(costs.size() - 1) * static_cast<size_t>(percent) / 100]);
  }
  std::vector<std::string> tests;
  for (const int64_t limit : limits) tests.push_back(fmt::format("lte: {}", limit));
  return tests;
}

std::vector<Dimension> WriteMenu(const Policy& policy,
                                 const std::vector<const v1::ReviewCase*>& cases) {
  Menu menu;
  const std::vector<std::string> tiers = SetTests(policy.catalog(), false);
  menu.Add("deps.all", {"size: {gt: 0}"});
  for (const char* field : {"deps.storage", "deps.compute", "deps.other"}) menu.Add(field, tiers);
  menu.Add("data.classification", RankTests(Field::kDataClassification, "at_most"));
  menu.Add("data.personal", {"is: false"});
  menu.Add("cost.monthly_usd", CostTests(cases));
  menu.Add("change.reversible", {"is: true"});
  menu.Add("change.blast_radius", RankTests(Field::kChangeBlastRadius, "at_most"));
  menu.Add("detect.coverage", RankTests(Field::kDetectCoverage, "at_least"));
  menu.Add("detect.undeclared", {"size: {lt: 1}"});
  menu.Add("mentions.undeclared", {"size: {lt: 1}"});
  menu.Add("regions", SetTests(policy.catalog(), true));
  std::vector<std::string> categories;
  for (const std::string& category : policy.org().categories()) {
    categories.push_back(fmt::format("is: {}", category));
  }
  menu.Add("spec.category", categories);
  for (const v1::Section& section : policy.org().sections()) {
    menu.Add("sections", {fmt::format("has: {}", section.id())});
  }
  return menu.Take();
}

// A rule set that holds one flag for each of `choices`: flags have no guards to keep.
std::string RulesText(const Policy& policy, std::span<Choice* const> choices) {
  std::string text = fmt::format(
      "kind: RuleSet\nversion: 1\nid: menu\ncatalog: {}\ndefault: {{mode: sync}}\n"
      "breaker: {{window: 28d, max_auto_share: 90%, min_decisions: 30, max_audit_failures: 2}}\n"
      "rules:\n",
      policy.catalog().id());
  for (size_t i = 0; i < choices.size(); ++i) {
    // Rules are sorted by id: three digits keep them in the order of the choices.
    text += fmt::format(
        "  - id: c{:03}\n    title: c\n    owner: {}\n    why: c\n    state: shadow\n"
        "    review_by: 6m\n    when: {{{}}}\n    then: {{flag: {{label: c, message: c}}}}\n",
        i, policy.catalog().owner(), choices[i]->yaml);
  }
  return text;
}

absl::Status Cover(const Policy& policy, const std::vector<const v1::ReviewCase*>& cases,
                   std::span<Choice* const> choices) {
  v1::PolicySource source = policy.source();
  source.mutable_files()->erase("rules.test.yaml");
  (*source.mutable_files())["rules.yaml"] = RulesText(policy, choices);
  GAVEL_ASSIGN_OR_RETURN(std::shared_ptr<const Policy> compiled,
                         CompilePolicy(source, policy.published()));
  const FastPolicy tests(std::move(compiled));
  FastResult result;
  for (size_t position = 0; position < cases.size(); ++position) {
    tests.Evaluate(cases[position]->facts(), {.day = cases[position]->submitted_day()}, result);
    for (size_t i = 0; i < choices.size(); ++i) {
      if (result.rules[i].truth == v1::TRUTH_TRUE) choices[i]->covers.Set(position);
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::vector<Dimension>> MakeMenu(const Policy& policy,
                                                const std::vector<const v1::ReviewCase*>& cases) {
  std::vector<Dimension> dimensions = WriteMenu(policy, cases);
  std::vector<Choice*> tests;
  for (Dimension& dimension : dimensions) {
    for (Choice& choice : dimension.choices) {
      choice.covers = Bits(cases.size(), choice.yaml.empty());
      if (!choice.yaml.empty()) tests.push_back(&choice);
    }
  }
  const std::span<Choice* const> all(tests);
  for (size_t first = 0; first < all.size(); first += kRulesPerPolicy) {
    const size_t count = std::min(kRulesPerPolicy, all.size() - first);
    GAVEL_RETURN_IF_ERROR(Cover(policy, cases, all.subspan(first, count)));
  }
  return dimensions;
}

}  // namespace gavel::rules
