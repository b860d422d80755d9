// Calendar days without a zone: the wire's Date, abseil's CivilDay, ISO weekdays and weeks.
#pragma once

#include <compare>

#include "absl/time/civil_time.h"
#include "gavel/v1/date.pb.h"

namespace gavel {

// A week of ISO 8601: Monday to Sunday, belonging to the year of its Thursday.
struct IsoWeek {
  int year = 0;
  int week = 0;  // 1 to 53.

  auto operator<=>(const IsoWeek&) const = default;
};

// True for a day that exists in the years 1970 to 9999; 30 February does not.
bool IsValidDate(const v1::Date& date);

// `date` must be valid: CivilDay would silently turn 30 February into 2 March.
absl::CivilDay ToCivilDay(const v1::Date& date);

v1::Date ToDate(absl::CivilDay day);

// 1 is Monday, 7 is Sunday, as in `org.yaml` and ISO 8601.
int IsoWeekdayOf(absl::CivilDay day);

IsoWeek IsoWeekOf(absl::CivilDay day);

// The Monday of the ISO week that holds `day`.
absl::CivilDay MondayOf(absl::CivilDay day);

}  // namespace gavel
