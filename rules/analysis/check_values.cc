#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <set>

#include "rules/analysis/problems.h"
#include "rules/date.h"
#include "rules/text/words.h"

namespace gavel::rules {
namespace {

constexpr auto kNote = v1::PolicyProblem::LEVEL_NOTE;
constexpr auto kWarning = v1::PolicyProblem::LEVEL_WARNING;
constexpr auto kError = v1::PolicyProblem::LEVEL_ERROR;

constexpr int kExpiryWarningDays = 30;
constexpr int kAutoReviewMonths = 12;
constexpr int kReviewMonths = 24;
constexpr int64_t kMaxSums = 1 << 20;

class ValueChecks {
 public:
  ValueChecks(const Policy& policy, const v1::Date& as_of) : policy_(policy), as_of_(as_of) {}

  std::vector<v1::PolicyProblem> Run() {
    for (const CompiledRule& rule : policy_.rules()) {
      if (rule.rule.state() == v1::Rule::STATE_RETIRED) continue;
      CheckReviewDate(rule);
      for (const Leaf& leaf : rule.program.leaves) {
        for (const std::string& set : leaf.set_names) CheckSet(rule, set);
        if (leaf.field == Field::kCostMonthlyUsd) CheckLimit(rule, leaf);
      }
    }
    return std::move(problems_);
  }

 private:
  void Add(const CompiledRule& rule, v1::PolicyProblem::Level level, std::string_view code,
           std::string message) {
    problems_.push_back(MakeProblem(rule, level, code, std::move(message)));
  }
  void CheckReviewDate(const CompiledRule& rule);
  void CheckSet(const CompiledRule& rule, const std::string& id);
  void CheckLimit(const CompiledRule& rule, const Leaf& leaf);
  std::vector<std::string> TiersThatCost(int64_t cents) const;

  const Policy& policy_;
  const v1::Date as_of_;
  std::set<std::string> sets_;  // Looked at before: each is reported once.
  std::vector<v1::PolicyProblem> problems_;
};

// Months count from the day of publication, which an unpublished policy has ahead.
void ValueChecks::CheckReviewDate(const CompiledRule& rule) {
  const v1::Date& from =
      CompareDates(policy_.published(), as_of_) > 0 ? policy_.published() : as_of_;
  const int months = rule.rule.has_auto_approve() ? kAutoReviewMonths : kReviewMonths;
  const v1::Date last = AddMonths(from, months);
  if (CompareDates(rule.rule.review_by(), last) <= 0) return;
  Add(rule, kError, "R019",
      fmt::format("`{}` is to be reviewed by {}, more than {} months away. Choose {} or sooner.",
                  rule.rule.id(), DateText(rule.rule.review_by()), months, DateText(last)));
}

void ValueChecks::CheckSet(const CompiledRule& rule, const std::string& id) {
  const CatalogIndex& catalog = policy_.catalog_index();
  const v1::CatalogSet* const set = catalog.FindSet(id);
  if (set == nullptr || !sets_.insert(id).second) return;
  if (catalog.Size(*set, as_of_) == 0) {
    return Add(rule, kError, "R018",
               fmt::format("`@{}`, which `{}` uses, has no members. Add some, or drop the test.",
                           id, rule.rule.id()));
  }
  if (catalog.Size(*set, AddDays(as_of_, kExpiryWarningDays + 1)) > 0) return;
  Add(rule, kWarning, "R018",
      fmt::format("`@{}`, which `{}` uses, will have no members within {} days: its tiers pass "
                  "their `review_by`.",
                  id, rule.rule.id(), kExpiryWarningDays));
}

// Some tiers whose prices add up to exactly that; none where there are no such, or where prices are
// so fine that their sums are too many to look at.
std::vector<std::string> ValueChecks::TiersThatCost(int64_t cents) const {
  std::vector<std::pair<std::string, int64_t>> tiers;
  int64_t divisor = 0;
  for (const v1::Product& product : policy_.catalog().products()) {
    for (const v1::Tier& tier : product.tiers()) {
      if (tier.max_monthly_cents() <= 0) continue;
      tiers.emplace_back(fmt::format("`{}/{}`", product.id(), tier.id()), tier.max_monthly_cents());
      divisor = std::gcd(divisor, tier.max_monthly_cents());
    }
  }
  const auto total = policy_.catalog_index().TotalPriceCents();
  const bool possible = divisor > 0 && cents % divisor == 0 && (!total || cents <= *total);
  if (!possible || cents / divisor > kMaxSums) return {};
  // By sum, in units of the divisor: the last tier of the first selection found, from 1.
  std::vector<size_t> last(static_cast<size_t>(cents / divisor) + 1, 0);
  for (size_t tier = 0; tier < tiers.size(); ++tier) {
    const auto price = static_cast<size_t>(tiers[tier].second / divisor);
    for (size_t sum = last.size(); sum-- > price;) {
      if (last[sum] == 0 && (sum == price || last[sum - price] != 0)) last[sum] = tier + 1;
    }
  }
  std::vector<std::string> names;
  for (size_t sum = last.size() - 1; sum > 0 && last[sum] != 0;) {
    names.push_back(tiers[last[sum] - 1].first);
    sum -= static_cast<size_t>(tiers[last[sum] - 1].second / divisor);
  }
  return names;
}

void ValueChecks::CheckLimit(const CompiledRule& rule, const Leaf& leaf) {
  if (leaf.op == Op::kStated) return;
  if (leaf.op == Op::kLt) {
    Add(rule, kNote, "R020",
        fmt::format("`{}`: `lt` leaves out exactly {} {}, while the catalog's prices are "
                    "inclusive. Did you mean `lte`?",
                    rule.rule.id(), AmountText(leaf.numbers[0]), policy_.org().currency()));
  }
  for (const int64_t limit : leaf.numbers) {
    const std::vector<std::string> tiers =
        limit > 0 ? TiersThatCost(limit) : std::vector<std::string>();
    if (tiers.empty()) continue;
    Add(rule, kNote, "R020",
        fmt::format("`{}`: {} {} is exactly what {} {} by the catalog, so `{}` decides about it to "
                    "the cent.",
                    rule.rule.id(), AmountText(limit), policy_.org().currency(), JoinAnd(tiers),
                    tiers.size() == 1 ? "costs" : "cost together", OpWord(leaf.op)));
  }
}

}  // namespace

v1::PolicyProblem MakeProblem(const CompiledRule& rule, v1::PolicyProblem::Level level,
                              std::string_view code, std::string message) {
  v1::PolicyProblem problem;
  problem.set_file("rules.yaml");
  problem.set_line(rule.line);
  problem.set_column(rule.column);
  problem.set_level(level);
  problem.set_code(std::string(code));
  problem.set_message(std::move(message));
  return problem;
}

std::vector<v1::PolicyProblem> CheckValues(const Policy& policy, const v1::Date& as_of) {
  return ValueChecks(policy, as_of).Run();
}

}  // namespace gavel::rules
