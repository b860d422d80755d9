#include "rules/backtest/suggest.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <string>

#include "engine/base/status_macros.h"
#include "rules/backtest/backtest.h"
#include "rules/backtest/box_search.h"
#include "rules/backtest/interval.h"
#include "rules/backtest/near_miss.h"
#include "rules/backtest/promotions.h"
#include "rules/backtest/report_lines.h"
#include "rules/date.h"
#include "rules/packed/pack.h"

namespace gavel::rules {
namespace {

constexpr size_t kRules = 5;
constexpr size_t kNearMisses = 10;
constexpr size_t kTrainingPercent = 70;

// Reviews that a further auto rule would have approved, had it held: nothing else stopped them.
std::vector<const v1::ReviewCase*> WithinReach(const std::shared_ptr<const FastPolicy>& live,
                                               const std::vector<v1::ReviewCase>& cases) {
  CaseJudge judge(live);
  std::vector<const v1::ReviewCase*> reached;
  for (const v1::ReviewCase& review : cases) {
    const v1::PackedFacts& facts = review.facts();
    const FastResult& result = judge.Evaluate(facts, review.submitted_day());
    if (result.mode == v1::REVIEW_MODE_AUTO || result.author_gate || IsForeign(facts)) continue;
    if (result.builtins == 0 && !AsksForPeople(facts) && judge.Stops().empty()) {
      reached.push_back(&review);
    }
  }
  return reached;
}

Slice SliceOf(const std::vector<const v1::ReviewCase*>& cases, int32_t since_day,
              int32_t before_day) {
  Slice slice{.within = Bits(cases.size()),
              .decided = Bits(cases.size()),
              .harmed = Bits(cases.size())};
  for (size_t i = 0; i < cases.size(); ++i) {
    const v1::ReviewCase& review = *cases[i];
    if (review.submitted_day() < since_day || review.submitted_day() >= before_day) continue;
    slice.within.Set(i);
    if (IsDecided(review)) slice.decided.Set(i);
    if (review.harms_size() > 0) slice.harmed.Set(i);
  }
  return slice;
}

// An id that no rule of the policy has.
std::string FreeId(const Policy& policy, int& number) {
  while (true) {
    std::string id = fmt::format("auto/mined-{}", ++number);
    if (policy.FindRule(id) == nullptr) return id;
  }
}

// The rule as it would stand in `rules.yaml`.
std::string DraftRule(const Policy& policy, const std::string& id,
                      const std::vector<Dimension>& menu, const Box& box, const BoxScore& training,
                      int32_t first_day, int32_t split_day) {
  std::string tests;
  for (size_t d = 0; d < menu.size(); ++d) {
    const std::string& yaml = menu[d].choices[box[d]].yaml;
    if (!yaml.empty()) tests += fmt::format("        - {}\n", yaml);
  }
  if (tests.empty()) return {};
  return fmt::format(
      "  - id: {}\n"
      "    title: Mined from the reviews of {} to {}\n"
      "    owner: {}\n"
      "    why: It would have approved {} reviews that people decided, {} of them with harm. On "
      "trial.\n"
      "    state: shadow\n"
      "    review_by: 6m\n"
      "    when:\n"
      "      all:\n"
      "{}"
      "    then: {{auto_approve: {{audit: 100%}}}}\n",
      id, DateText(DateOf(first_day)), DateText(DateOf(split_day - 1)), policy.catalog().owner(),
      training.decided, training.harmed, tests);
}

v1::RuleSuggestion Describe(std::string yaml, const BoxScore& training, const BoxScore& later) {
  v1::RuleSuggestion suggestion;
  suggestion.set_yaml(std::move(yaml));
  suggestion.set_support(training.covered);
  suggestion.set_held_out(later.decided);
  suggestion.set_held_out_harmed(later.harmed);
  suggestion.set_harm_bound_percent(UpperBound(later.harmed, later.decided));
  return suggestion;
}

absl::Status MineRules(const Policy& policy, const std::vector<const v1::ReviewCase*>& cases,
                       int32_t split_day, const SuggestOptions& options,
                       v1::SuggestionReport& report) {
  if (cases.empty()) return absl::OkStatus();
  GAVEL_ASSIGN_OR_RETURN(const std::vector<Dimension> menu, MakeMenu(policy, cases));
  const int32_t first_day = cases.front()->submitted_day();
  const Slice training = SliceOf(cases, first_day, split_day);
  const Slice later = SliceOf(cases, split_day, std::numeric_limits<int32_t>::max());
  BoxSearch search(menu, training);
  int number = 0;
  for (const Box& box : search.Find(options.min_support, options.tried)) {
    if (static_cast<size_t>(report.rules_size()) == kRules) break;
    const BoxScore score = search.Score(box, training);
    std::string yaml = DraftRule(policy, FreeId(policy, number), menu, box, score, first_day,
                                 split_day);
    if (yaml.empty()) continue;  // A rule without a condition is no rule.
    *report.add_rules() = Describe(std::move(yaml), score, search.Score(box, later));
  }
  std::stable_sort(report.mutable_rules()->begin(), report.mutable_rules()->end(),
                   [](const auto& a, const auto& b) {
                     return a.harm_bound_percent() < b.harm_bound_percent();
                   });
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<v1::SuggestionReport> Suggest(std::shared_ptr<const Policy> live,
                                             std::vector<v1::ReviewCase> cases,
                                             const SuggestOptions& options) {
  std::stable_sort(cases.begin(), cases.end(), [](const auto& a, const auto& b) {
    return a.submitted_day() < b.submitted_day();
  });
  v1::SuggestionReport report;
  report.set_cases(static_cast<int64_t>(cases.size()));
  const auto fast = std::make_shared<const FastPolicy>(live);
  const int32_t split_day =
      cases.empty() ? options.today
                    : cases[cases.size() * kTrainingPercent / 100].submitted_day();
  *report.mutable_held_out_since() = DateOf(split_day);
  GAVEL_RETURN_IF_ERROR(
      MineRules(*live, WithinReach(fast, cases), split_day, options, report));
  for (auto& promotion : FindPromotions(*live, options.today, cases)) {
    *report.add_promotions() = std::move(promotion);
  }
  NearMisses misses(fast);
  for (const v1::ReviewCase& review : cases) misses.Add(review);
  for (auto& miss : misses.Take(kNearMisses)) *report.add_near_misses() = std::move(miss);
  for (std::string& line : ReportLines(report)) report.add_lines(std::move(line));
  return report;
}

}  // namespace gavel::rules
