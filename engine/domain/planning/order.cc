#include "engine/domain/planning/order.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "engine/domain/planning/weight.h"

namespace gavel {
namespace {

bool QueuedEarlier(const QueueItem* a, const QueueItem* b) {
  return std::tie(a->queued_since, a->key) < std::tie(b->queued_since, b->key);
}

// Gives each item its class. Items come oldest first, because only one may be urgent and only some
// may be carried over; the others of their kind fall to the class they have without it.
class Classifier {
 public:
  explicit Classifier(const RankContext& context) : context_(context) {}

  OrderClass Classify(const QueueItem& item) {
    if (item.passed_over >= context_.numbers.overdue_after) return OrderClass::kOverdue;
    if (item.urgent && !urgent_given_) {
      urgent_given_ = true;
      return OrderClass::kUrgent;
    }
    if (item.key == context_.reserved) return OrderClass::kReserved;
    if (item.carried_over && TakeCarryOver(TimeboxMinutes(item, context_.timebox))) {
      return OrderClass::kCarryOver;
    }
    const bool aged = item.passed_over >= context_.numbers.aged_after;
    return aged ? OrderClass::kAged : OrderClass::kScore;
  }

 private:
  bool TakeCarryOver(int minutes) {
    const bool first = carried_minutes_ == 0;
    if (!first && 2 * (carried_minutes_ + minutes) > context_.usable_minutes) return false;
    carried_minutes_ += minutes;
    return true;
  }

  const RankContext& context_;
  bool urgent_given_ = false;
  int carried_minutes_ = 0;
};

Score ScoreOf(const QueueItem& item, const OrderNumbers& numbers, const BusinessCalendar& calendar,
              absl::Time now) {
  return Score{.wait_bd = calendar.BusinessDaysBetween(item.queued_since, now),
               .dependents = numbers.weight_dependent * item.dependents,
               .releases = numbers.weight_release * item.releases_not_authors_fault,
               .team = numbers.weight_team * item.team_items_last_four};
}

// Within a class, smaller goes first.
int RankInClass(const RankedItem& ranked) {
  switch (ranked.order_class) {
    case OrderClass::kOverdue:
      return ranked.item->times_on_agenda;
    case OrderClass::kScore:
      return -ranked.score.total();
    case OrderClass::kUrgent:
    case OrderClass::kReserved:
    case OrderClass::kCarryOver:
    case OrderClass::kAged:
      return 0;
  }
  return 0;
}

}  // namespace

std::vector<RankedItem> Rank(std::span<const QueueItem* const> items, const RankContext& context,
                             const BusinessCalendar& calendar, absl::Time now) {
  std::vector<const QueueItem*> by_age(items.begin(), items.end());
  std::sort(by_age.begin(), by_age.end(), QueuedEarlier);

  Classifier classifier(context);
  std::vector<RankedItem> ranked;
  ranked.reserve(by_age.size());
  for (const QueueItem* item : by_age) {
    ranked.push_back(
        {item, classifier.Classify(*item), ScoreOf(*item, context.numbers, calendar, now)});
  }
  // Stable, so that ties stay oldest first.
  std::stable_sort(ranked.begin(), ranked.end(), [](const RankedItem& a, const RankedItem& b) {
    return std::pair(a.order_class, RankInClass(a)) < std::pair(b.order_class, RankInClass(b));
  });
  return ranked;
}

}  // namespace gavel
