// What a spec costs a meeting: minutes in the room and minutes of reading.
#pragma once

#include <span>

#include "engine/domain/planning/queue_item.h"
#include "engine/domain/planning/series_numbers.h"

namespace gavel {

inline constexpr int kOpeningMin = 5;     // The first item starts this long after the start.
inline constexpr int kJoinedSpecMin = 5;  // Each further spec of a shared place.
inline constexpr int kQuickItemMin = 1;
inline constexpr int kMostSpecs = 3;  // The promise of one to three: no setting raises it.
inline constexpr int kMostQuickItems = 5;
inline constexpr int kReadingWordsPerMin = 200;  // 9,000 words are 45 minutes.

// clamp(base + step * (open decisions + open blocks + gates - 1), least, most) minutes.
int TimeboxMinutes(const QueueItem& item, const TimeboxNumbers& numbers = {});

// What related specs take when they share a place: the largest timebox plus 5 minutes for each
// further one; 0 for none.
int SharedSlotMinutes(std::span<const int> timeboxes);

// Minutes for items in a meeting of `length_min`: without opening and closing.
int UsableMinutes(int length_min, int opening_closing_min = SeriesNumbers{}.opening_closing_min);

// Rounded up; 0 for nothing to read.
int ReadingMinutes(int words);

}  // namespace gavel
