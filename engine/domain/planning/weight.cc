#include "engine/domain/planning/weight.h"

#include <algorithm>

namespace gavel {

int TimeboxMinutes(const QueueItem& item) {
  const int further_gates = std::max(item.gates_involved - 1, 0);
  const int minutes = 10 + 5 * (item.open_decisions + item.open_blocks + further_gates);
  return std::clamp(minutes, kShortestTimebox, kLongestTimebox);
}

int SharedSlotMinutes(std::span<const int> timeboxes) {
  if (timeboxes.empty()) return 0;
  const int further = static_cast<int>(timeboxes.size()) - 1;
  return *std::max_element(timeboxes.begin(), timeboxes.end()) + kJoinedSpecMin * further;
}

int UsableMinutes(int length_min) { return std::max(length_min - kOpeningAndClosingMin, 0); }

int ReadingMinutes(int words) { return (words + kReadingWordsPerMin - 1) / kReadingWordsPerMin; }

}  // namespace gavel
