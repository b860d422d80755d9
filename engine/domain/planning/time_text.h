// Days and times as people read them, the same words in every client. English, whatever the
// locale of the process; days carry no leading zero.
#pragma once

#include <string>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"

namespace gavel {

// "Thu 26 Nov"
std::string DayText(absl::CivilDay day);

// "Thu 26 Nov 2026"
std::string DayYearText(absl::CivilDay day);

// "15:00"
std::string ClockText(absl::Time time, const absl::TimeZone& zone);

// "Thu 26 Nov 15:00"
std::string TimeText(absl::Time time, const absl::TimeZone& zone);

// "Thu 26 Nov 15:00 (Europe/Berlin)"
std::string ZonedTimeText(absl::Time time, const absl::TimeZone& zone);

// "Thu 26 Nov 15:00-15:50 (Europe/Berlin)"; both days are named when they differ.
std::string SpanText(absl::Time start, absl::Time end, const absl::TimeZone& zone);

}  // namespace gavel
