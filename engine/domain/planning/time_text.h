// Days and times as people read them, the same words in every client. English, whatever the
// locale of the process; days carry no leading zero.
#pragma once

#include <string>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"

namespace gavel {

// "Thu 26 Nov"
std::string DayText(absl::CivilDay day);

// The same for who reads it on `today`: "Thu 7 Jan 2027" where that is another year.
std::string DayText(absl::CivilDay day, absl::CivilDay today);

// "Thu 26 Nov 2026"
std::string DayYearText(absl::CivilDay day);

// "15:00"
std::string ClockText(absl::Time time, const absl::TimeZone& zone);

// "Thu 26 Nov 15:00"
std::string TimeText(absl::Time time, const absl::TimeZone& zone);

// The same for who reads it at `now`: "Thu 7 Jan 2027 15:00" where that is another year.
std::string TimeText(absl::Time time, const absl::TimeZone& zone, absl::Time now);

// "Thu 26 Nov 15:00 (Europe/Berlin)"
std::string ZonedTimeText(absl::Time time, const absl::TimeZone& zone);
std::string ZonedTimeText(absl::Time time, const absl::TimeZone& zone, absl::Time now);

// "Thu 26 Nov 15:00-15:50 (Europe/Berlin)"; both days are named when they differ.
std::string SpanText(absl::Time start, absl::Time end, const absl::TimeZone& zone);

}  // namespace gavel
