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
    if (item.passed_over >= kOverduePassOvers) return OrderClass::kOverdue;
    if (item.urgent && !urgent_given_) {
      urgent_given_ = true;
      return OrderClass::kUrgent;
    }
    if (item.key == context_.reserved) return OrderClass::kReserved;
    if (item.carried_over && TakeCarryOver(TimeboxMinutes(item))) return OrderClass::kCarryOver;
    return item.passed_over >= kAgedPassOvers ? OrderClass::kAged : OrderClass::kScore;
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

int ScoreOf(const QueueItem& item, const BusinessCalendar& calendar, absl::Time now) {
  const int wait_bd = calendar.BusinessDaysBetween(item.queued_since, now);
  return wait_bd + 2 * item.dependents + 3 * item.releases_not_authors_fault -
         3 * item.team_items_last_four;
}

// Within a class, smaller goes first.
int RankInClass(const RankedItem& ranked) {
  switch (ranked.order_class) {
    case OrderClass::kOverdue:
      return ranked.item->times_on_agenda;
    case OrderClass::kScore:
      return -ranked.score;
    case OrderClass::kUrgent:
    case OrderClass::kReserved:
    case OrderClass::kCarryOver:
    case OrderClass::kAged:
      return 0;
  }
  return 0;
}

}  // namespace

std::string OrderClassText(OrderClass order_class) {
  switch (order_class) {
    case OrderClass::kOverdue:
      return "overdue: passed over at 3 meetings";
    case OrderClass::kUrgent:
      return "urgent: granted by the sponsor";
    case OrderClass::kReserved:
      return "reserved: the first that did not fit last time";
    case OrderClass::kCarryOver:
      return "carried over from the last meeting";
    case OrderClass::kAged:
      return "aged: passed over at 2 meetings";
    case OrderClass::kScore:
      return "by score: waiting time, dependents, releases, its team's share";
  }
  return "";
}

std::vector<RankedItem> Rank(std::span<const QueueItem* const> items, const RankContext& context,
                             const BusinessCalendar& calendar, absl::Time now) {
  std::vector<const QueueItem*> by_age(items.begin(), items.end());
  std::sort(by_age.begin(), by_age.end(), QueuedEarlier);

  Classifier classifier(context);
  std::vector<RankedItem> ranked;
  ranked.reserve(by_age.size());
  for (const QueueItem* item : by_age) {
    ranked.push_back({item, classifier.Classify(*item), ScoreOf(*item, calendar, now)});
  }
  // Stable, so that ties stay oldest first.
  std::stable_sort(ranked.begin(), ranked.end(), [](const RankedItem& a, const RankedItem& b) {
    return std::pair(a.order_class, RankInClass(a)) < std::pair(b.order_class, RankInClass(b));
  });
  return ranked;
}

}  // namespace gavel
