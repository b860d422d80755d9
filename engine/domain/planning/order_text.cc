// The order in words: what a person needs to see why a spec stands where it stands.
#include <string>

#include <fmt/format.h>

#include "engine/domain/planning/order.h"
#include "engine/domain/planning/wording.h"

namespace gavel {
namespace {

std::string MeetingsText(const QueueItem& item) {
  return fmt::format("passed over at {}", CountText(item.passed_over, "meeting"));
}

// Every part of the score that is not zero, so that the sum can be done by hand.
std::string ScoreText(const RankedItem& ranked) {
  const QueueItem& item = *ranked.item;
  const Score& score = ranked.score;
  std::string text = fmt::format("score {}: {} of waiting", score.total(),
                                 CountText(score.wait_bd, "business day"));
  if (score.dependents != 0) {
    text += fmt::format(", +{} for {} waiting on it", score.dependents,
                        CountText(item.dependents, "spec"));
  }
  if (score.releases != 0) {
    text += fmt::format(", +{} for {} that {} not its author's fault", score.releases,
                        CountText(item.releases_not_authors_fault, "release"),
                        item.releases_not_authors_fault == 1 ? "was" : "were");
  }
  if (score.team != 0) {
    text += fmt::format(", -{} for {} of its team on the last four agendas", score.team,
                        CountText(item.team_items_last_four, "item"));
  }
  return text;
}

}  // namespace

std::string OrderText(const RankedItem& ranked) {
  switch (ranked.order_class) {
    case OrderClass::kOverdue:
      return fmt::format("overdue: {}", MeetingsText(*ranked.item));
    case OrderClass::kUrgent:
      return "urgent: granted by the sponsor";
    case OrderClass::kReserved:
      return "reserved: the first that did not fit last time";
    case OrderClass::kCarryOver:
      return "carried over from the last meeting";
    case OrderClass::kAged:
      return fmt::format("aged: {}", MeetingsText(*ranked.item));
    case OrderClass::kScore:
      return ScoreText(ranked);
  }
  return "";
}

}  // namespace gavel
