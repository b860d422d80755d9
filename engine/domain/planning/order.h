// The order in which eligible specs are offered a place: total, deterministic, visible.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "engine/domain/planning/calendar.h"
#include "engine/domain/planning/queue_item.h"
#include "engine/domain/planning/series_numbers.h"

namespace gavel {

// First class first. Within a class ties go to the one queued earlier, then to the lower key.
enum class OrderClass {
  kOverdue = 1,    // Passed over at 3 held occurrences; fewest times on an agenda first.
  kUrgent = 2,     // Granted by the sponsor; one per meeting.
  kReserved = 3,   // The first that did not fit last time.
  kCarryOver = 4,  // The first always, more up to half the usable time.
  kAged = 5,       // Passed over at 2 held occurrences.
  kScore = 6,      // The rest, highest score first.
};

// wait_bd + 2 dependents + 3 releases not the author's fault - 3 of its team's recent items; the
// factors are settings.
struct Score {
  int wait_bd = 0;
  int dependents = 0;
  int releases = 0;
  int team = 0;

  int total() const { return wait_bd + dependents + releases - team; }
};

struct RankedItem {
  const QueueItem* item;  // Points into the span that was ranked.
  OrderClass order_class;
  Score score;
};

struct RankContext {
  std::string reserved;    // Key that got the reservation at the last plan, or empty.
  int usable_minutes = 0;  // Bounds the carry-over.
  TimeboxNumbers timebox = {};
  OrderNumbers numbers = {};
};

// All of `items`, best first. The result does not depend on the order of `items`, whose keys must
// be unique. O(n log n).
std::vector<RankedItem> Rank(std::span<const QueueItem* const> items, const RankContext& context,
                             const BusinessCalendar& calendar, absl::Time now);

// Why it stands there, as a clause: "overdue: passed over at 3 meetings", "score 14: 12 business
// days of waiting, +2 for 1 spec that waits for it".
std::string OrderText(const RankedItem& ranked);

}  // namespace gavel
