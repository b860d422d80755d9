#include "engine/domain/planning/weight.h"

#include <algorithm>

namespace gavel {

int TimeboxMinutes(const QueueItem& item, const TimeboxNumbers& numbers) {
  const int further_gates = std::max(item.gates_involved - 1, 0);
  const int open_work = item.open_decisions + item.open_blocks + further_gates;
  return std::clamp(numbers.base_min + numbers.step_min * open_work, numbers.least_min,
                    numbers.most_min);
}

int SharedSlotMinutes(std::span<const int> timeboxes) {
  if (timeboxes.empty()) return 0;
  const int further = static_cast<int>(timeboxes.size()) - 1;
  return *std::max_element(timeboxes.begin(), timeboxes.end()) + kJoinedSpecMin * further;
}

int UsableMinutes(int length_min, int opening_closing_min) {
  return std::max(length_min - opening_closing_min, 0);
}

int ReadingMinutes(int words) { return (words + kReadingWordsPerMin - 1) / kReadingWordsPerMin; }

}  // namespace gavel
