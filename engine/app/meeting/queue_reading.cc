#include "engine/app/meeting/queue_reading.h"

#include <algorithm>
#include <memory>

#include "engine/app/command/entity.h"
#include "engine/app/verdict/intake.h"
#include "engine/base/status_macros.h"
#include "rules/backtest/near_miss.h"
#include "rules/backtest/suggest.h"
#include "rules/packed/fast_policy.h"
#include "rules/packed/pack.h"

namespace gavel::app {
namespace {

constexpr size_t kNearMisses = 3;
// A mined rule has to cover this share of the queue to be worth a word.
constexpr size_t kMinedPercent = 15;
constexpr size_t kMinedLeast = 5;

using Cases = std::vector<v1::ReviewCase>;

absl::StatusOr<Cases> CasesOf(const Workflow& workflow, const std::vector<std::string>& keys) {
  Cases cases;
  for (const std::string& key : keys) {
    GAVEL_ASSIGN_OR_RETURN(v1::ReviewCase review,
                           workflow.transaction().ReviewCase(SpecSubject(key)));
    if (!review.spec().empty()) cases.push_back(std::move(review));
  }
  return cases;
}

// What the best mined rule covers of both slices: those it was mined from and those it is scored
// on.
absl::StatusOr<int> Mine(const Workflow& workflow, Cases cases) {
  rules::SuggestOptions options;
  options.min_support =
      static_cast<int64_t>(std::max(kMinedLeast, cases.size() * kMinedPercent / 100));
  options.today = rules::DayOf(DateOf(workflow.now()));
  GAVEL_ASSIGN_OR_RETURN(const v1::SuggestionReport report,
                         rules::Suggest(workflow.policy().rules, std::move(cases), options));
  int64_t most = 0;
  for (const v1::RuleSuggestion& rule : report.rules()) {
    most = std::max(most, rule.support() + rule.held_out());
  }
  return static_cast<int>(most);
}

}  // namespace

absl::StatusOr<health::QueueReading> ReadQueue(const Workflow& workflow,
                                               const std::vector<std::string>& keys, bool mine) {
  GAVEL_ASSIGN_OR_RETURN(Cases cases, CasesOf(workflow, keys));
  health::QueueReading reading;
  reading.queued = static_cast<int>(cases.size());
  if (cases.empty()) return reading;
  rules::NearMisses misses(std::make_shared<const rules::FastPolicy>(workflow.policy().rules));
  for (const v1::ReviewCase& review : cases) misses.Add(review);
  reading.near_misses = misses.Take(kNearMisses);
  if (!mine) return reading;
  GAVEL_ASSIGN_OR_RETURN(reading.mined, Mine(workflow, std::move(cases)));
  return reading;
}

}  // namespace gavel::app
