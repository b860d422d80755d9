// What a spec costs a meeting: minutes in the room and minutes of reading.
#pragma once

#include <span>

#include "engine/domain/planning/queue_item.h"

namespace gavel {

inline constexpr int kShortestTimebox = 15;      // One decision, one gate.
inline constexpr int kLongestTimebox = 45;       // One large item fills the default meeting.
inline constexpr int kOpeningAndClosingMin = 10;
inline constexpr int kOpeningMin = 5;            // The first item starts this long after the start.
inline constexpr int kJoinedSpecMin = 5;         // Each further spec of a shared slot.
inline constexpr int kQuickItemMin = 1;
inline constexpr int kMostSpecs = 3;  // The promise of one to three: no setting raises it.
inline constexpr int kMostQuickItems = 5;
inline constexpr int kReadingWordsPerMin = 200;  // 9,000 words are 45 minutes.

// clamp(10 + 5 open decisions + 5 open blocks + 5 (gates - 1), 15, 45) minutes.
int TimeboxMinutes(const QueueItem& item);

// What related specs take when they share a slot: the largest timebox plus 5 minutes for each
// further one; 0 for none.
int SharedSlotMinutes(std::span<const int> timeboxes);

// Minutes for items in a meeting of `length_min`: without opening and closing.
int UsableMinutes(int length_min);

// Rounded up; 0 for nothing to read.
int ReadingMinutes(int words);

}  // namespace gavel
