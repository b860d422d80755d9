#include "engine/domain/planning/civil_date.h"

namespace gavel {
namespace {

constexpr int kFirstYear = 1970;
constexpr int kLastYear = 9999;
constexpr int kThursday = 4;

}  // namespace

bool IsValidDate(const v1::Date& date) {
  if (date.year() < kFirstYear || date.year() > kLastYear) return false;
  const absl::CivilDay day(date.year(), date.month(), date.day());
  return day.year() == date.year() && day.month() == date.month() && day.day() == date.day();
}

absl::CivilDay ToCivilDay(const v1::Date& date) {
  return absl::CivilDay(date.year(), date.month(), date.day());
}

v1::Date ToDate(absl::CivilDay day) {
  v1::Date date;
  date.set_year(static_cast<int>(day.year()));
  date.set_month(day.month());
  date.set_day(day.day());
  return date;
}

int IsoWeekdayOf(absl::CivilDay day) {
  // absl::Weekday counts from Monday as well, but from 0.
  return static_cast<int>(absl::GetWeekday(day)) + 1;
}

IsoWeek IsoWeekOf(absl::CivilDay day) {
  const absl::CivilDay thursday = MondayOf(day) + (kThursday - 1);
  return IsoWeek{.year = static_cast<int>(thursday.year()),
                 .week = (absl::GetYearDay(thursday) - 1) / 7 + 1};
}

absl::CivilDay MondayOf(absl::CivilDay day) { return day - (IsoWeekdayOf(day) - 1); }

}  // namespace gavel
