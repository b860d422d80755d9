// What a meeting and its items are at, in words.
#pragma once

#include <string>

#include "absl/time/time.h"
#include "gavel/v1/meeting.pb.h"

namespace gavel::cli {

// `being held: 23 of 60 min used, 37 left, MEDIA-42 is open`. Without what a clock tells where
// `now` is the infinite past.
std::string MeetingStanding(const v1::Meeting& meeting, absl::Time now);

// `20 minutes, carried over`: how long an item has and why it is there.
std::string SlotFacts(const v1::Slot& slot);

// `being discussed: 12 of 20 min used, 8 left`; empty where nothing has happened to it yet.
std::string SlotStanding(const v1::Slot& slot, absl::Time now);

// `@fay 2 of 3, @dee all`: who says to have read how much of the packet.
std::string ReadingText(const v1::Meeting& meeting);

}  // namespace gavel::cli
