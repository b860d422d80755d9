// Holidays from an RFC 5545 calendar, as calendars offer them for download.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "gavel/v1/date.pb.h"

namespace gavel::rules {

// The last year for which a rule that recurs for ever is followed. Fixed, so that a policy compiles
// to the same bytes whenever it is compiled.
inline constexpr int kLastHolidayYear = 2060;

// What a file says, or what is wrong with it.
struct HolidayFile {
  std::vector<v1::Date> days;  // Sorted, each once, from 1970 on; empty where there is a problem.
  std::string problem;         // What is wrong and what to write instead; empty where all is well.
  int line = 0;                // Where, from 1; 0 for the file as a whole.
};

// Every day of every VEVENT of every VCALENDAR in `ics`. An event of several days counts as each of
// them, a recurring one (RRULE, RDATE, less EXDATE) as each of its occurrences through
// kLastHolidayYear, less those that a RECURRENCE-ID replaces. A cancelled event is none.
//
// A holiday is a whole local day: VALUE=DATE, or from midnight to midnight without a zone. Refused:
// a time of day, UTC, EXRULE, a rule by the hour or finer, an event longer than a year, more than
// 10,000 days, and text that is cut off or no calendar.
HolidayFile ReadHolidayFile(const std::string& ics);

// The days alone. Errors: INVALID_ARGUMENT (plain, no details) with the problem and its line.
absl::StatusOr<std::vector<v1::Date>> ParseHolidays(const std::string& ics);

}  // namespace gavel::rules
