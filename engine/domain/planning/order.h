// The order in which eligible specs are offered a place: total, deterministic, visible.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "engine/domain/planning/calendar.h"
#include "engine/domain/planning/queue_item.h"

namespace gavel {

inline constexpr int kOverduePassOvers = 3;
inline constexpr int kAgedPassOvers = 2;

// First class first.
enum class OrderClass {
  kOverdue = 1,    // Passed over at 3 held occurrences; fewest times on an agenda first.
  kUrgent = 2,     // Granted by the sponsor; one per meeting.
  kReserved = 3,   // The first that did not fit last time.
  kCarryOver = 4,  // The first always, more up to half the usable time.
  kAged = 5,       // Passed over at 2 held occurrences.
  kScore = 6,      // The rest, highest score first.
};

// "overdue: passed over at 3 meetings", for people.
std::string OrderClassText(OrderClass order_class);

struct RankedItem {
  const QueueItem* item;  // Points into the span that was ranked.
  OrderClass order_class;
  int score;  // wait_bd + 2 dependents + 3 releases not the author's fault - 3 team's recent items.
};

struct RankContext {
  std::string reserved;    // Key that got the reservation at the last plan, or empty.
  int usable_minutes = 0;  // Bounds the carry-over.
};

// All of `items`, best first; ties go to the one queued earlier, then to the lower key. The result
// does not depend on the order of `items`, whose keys must be unique.
std::vector<RankedItem> Rank(std::span<const QueueItem* const> items, const RankContext& context,
                             const BusinessCalendar& calendar, absl::Time now);

}  // namespace gavel
