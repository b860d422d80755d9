// Holidays from an RFC 5545 calendar.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "gavel/v1/date.pb.h"

namespace gavel::rules {

// The days of every all-day VEVENT of `ics`, sorted, each once. An event of several days counts as
// each of them.
//
// Errors: INVALID_ARGUMENT (plain, no details) for text that is no calendar, an event with a time
// of day, one that recurs (spell the days out), or more than 10,000 days.
absl::StatusOr<std::vector<v1::Date>> ParseHolidays(const std::string& ics);

}  // namespace gavel::rules
