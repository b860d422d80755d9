// Calendar days: order, text, months.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

#include "gavel/v1/date.pb.h"

namespace gavel::rules {

// Order of two days; an unset date sorts before every day.
std::strong_ordering CompareDates(const v1::Date& a, const v1::Date& b);

// `2026-11-26`.
std::string DateText(const v1::Date& date);

// A day that exists, written exactly `YYYY-MM-DD`; nothing else.
std::optional<v1::Date> ParseDate(std::string_view text);

// The same day `months` later; the last day of the month where that day does not exist.
v1::Date AddMonths(const v1::Date& date, int months);

v1::Date AddDays(const v1::Date& date, int days);

}  // namespace gavel::rules
