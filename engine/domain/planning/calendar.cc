#include "engine/domain/planning/calendar.h"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "engine/base/error.h"
#include "engine/base/status_macros.h"
#include "engine/domain/planning/civil_date.h"

namespace gavel {
namespace {

constexpr int kMinutesPerDay = 24 * 60;

absl::Status CalendarError(const v1::Calendar& calendar, std::string_view field,
                           std::string_view description) {
  return FieldError(fmt::format("calendars.{}.{}", calendar.id(), field), description);
}

absl::Status CheckHours(const v1::Calendar& calendar) {
  if (calendar.open_minute() >= 0 && calendar.open_minute() < calendar.close_minute() &&
      calendar.close_minute() < kMinutesPerDay) {
    return absl::OkStatus();
  }
  return CalendarError(calendar, "hours",
                       fmt::format("Opening at minute {} and closing at minute {} is not a working "
                                   "day. Close after opening, on the same day.",
                                   calendar.open_minute(), calendar.close_minute()));
}

absl::Status CheckDays(const v1::Calendar& calendar) {
  if (calendar.days().empty()) {
    return CalendarError(calendar, "days", "No working day. Name at least one.");
  }
  for (const int weekday : calendar.days()) {
    if (weekday >= 1 && weekday <= 7) continue;
    return CalendarError(
        calendar, "days",
        fmt::format("{} is not a weekday. Use 1 (Monday) to 7 (Sunday).", weekday));
  }
  for (const v1::Date& holiday : calendar.holidays()) {
    if (IsValidDate(holiday)) continue;
    return CalendarError(calendar, "holidays",
                         fmt::format("{:04}-{:02}-{:02} does not exist. Correct the holiday file.",
                                     holiday.year(), holiday.month(), holiday.day()));
  }
  return absl::OkStatus();
}

bool Contains(std::span<const DayRange> ranges, absl::CivilDay day) {
  return std::any_of(ranges.begin(), ranges.end(), [day](const DayRange& range) {
    return range.first <= day && day <= range.last;
  });
}

}  // namespace

absl::StatusOr<BusinessCalendar> BusinessCalendar::Create(const v1::Calendar& calendar) {
  GAVEL_RETURN_IF_ERROR(CheckHours(calendar));
  GAVEL_RETURN_IF_ERROR(CheckDays(calendar));
  BusinessCalendar result;
  if (calendar.zone().empty() || !absl::LoadTimeZone(calendar.zone(), &result.zone_)) {
    return CalendarError(calendar, "zone",
                         fmt::format("\"{}\" is not in the time-zone database. Use an IANA name "
                                     "such as Europe/Berlin.",
                                     calendar.zone()));
  }
  for (const int weekday : calendar.days()) {
    result.works_[static_cast<std::size_t>(weekday)] = true;
  }
  for (const v1::Date& holiday : calendar.holidays()) {
    const absl::CivilDay day = ToCivilDay(holiday);
    if (result.IsBusinessDay(day)) result.holidays_.push_back(day);
  }
  std::sort(result.holidays_.begin(), result.holidays_.end());
  result.holidays_.erase(std::unique(result.holidays_.begin(), result.holidays_.end()),
                         result.holidays_.end());
  result.open_minute_ = calendar.open_minute();
  result.close_minute_ = calendar.close_minute();
  return result;
}

absl::CivilDay BusinessCalendar::DayOf(absl::Time time) const {
  return absl::ToCivilDay(time, zone_);
}

bool BusinessCalendar::IsBusinessDay(absl::CivilDay day) const {
  return works_[static_cast<std::size_t>(IsoWeekdayOf(day))] &&
         !std::binary_search(holidays_.begin(), holidays_.end(), day);
}

absl::CivilDay BusinessCalendar::BusinessDayFrom(absl::CivilDay day) const {
  while (!IsBusinessDay(day)) ++day;
  return day;
}

absl::CivilDay BusinessCalendar::BusinessDaysBefore(absl::CivilDay day, int k) const {
  while (k > 0) k -= IsBusinessDay(--day) ? 1 : 0;
  return day;
}

absl::CivilDay BusinessCalendar::BusinessDaysAfter(absl::CivilDay day, int k) const {
  while (k > 0) k -= IsBusinessDay(++day) ? 1 : 0;
  return day;
}

int BusinessCalendar::CountBusinessDays(absl::CivilDay from, absl::CivilDay to) const {
  if (to <= from) return 0;
  const absl::civil_diff_t weeks = (to - from) / 7;
  const auto working_weekdays = std::count(works_.begin(), works_.end(), true);
  absl::civil_diff_t days = weeks * working_weekdays;
  for (absl::CivilDay day = from + weeks * 7; day < to; ++day) {
    days += works_[static_cast<std::size_t>(IsoWeekdayOf(day))] ? 1 : 0;
  }
  days -= std::lower_bound(holidays_.begin(), holidays_.end(), to) -
          std::lower_bound(holidays_.begin(), holidays_.end(), from);
  return static_cast<int>(days);
}

absl::Time BusinessCalendar::LocalTime(absl::CivilDay day, int minute) const {
  // `pre` reads the wall clock with the offset before a transition: for a skipped time that is the
  // time moved forward by the gap, for a repeated one its first occurrence.
  return zone_.At(absl::CivilSecond(day) + std::int64_t{minute} * 60).pre;
}

absl::Time BusinessCalendar::Opening(absl::CivilDay day) const {
  return LocalTime(day, open_minute_);
}

absl::Time BusinessCalendar::Closing(absl::CivilDay day) const {
  return LocalTime(day, close_minute_);
}

absl::Time BusinessCalendar::EndOfDay(absl::CivilDay day) const { return LocalTime(day + 1, 0); }

bool BusinessCalendar::Counts(absl::CivilDay day, std::span<const DayRange> paused) const {
  return IsBusinessDay(day) && !Contains(paused, day);
}

BusinessCalendar::Anchor BusinessCalendar::AnchorOf(absl::Time time,
                                                    std::span<const DayRange> paused) const {
  const absl::TimeZone::CivilInfo local = zone_.At(time);
  absl::CivilDay day(local.cs);
  if (Counts(day, paused)) {
    return Anchor{day, local.cs - absl::CivilSecond(day), local.subsecond};
  }
  while (!Counts(day, paused)) ++day;
  return Anchor{day, std::int64_t{open_minute_} * 60, absl::ZeroDuration()};
}

absl::Time BusinessCalendar::InstantOn(absl::CivilDay day, const Anchor& anchor) const {
  return zone_.At(absl::CivilSecond(day) + anchor.second_of_day).pre + anchor.subsecond;
}

absl::Time BusinessCalendar::AddBusinessDays(absl::Time start, int n,
                                             std::span<const DayRange> paused) const {
  const Anchor anchor = AnchorOf(start, paused);
  absl::CivilDay day = anchor.day;
  while (n > 0) n -= Counts(++day, paused) ? 1 : 0;
  return InstantOn(day, anchor);
}

absl::Time BusinessCalendar::Postpone(absl::Time since, absl::Time due,
                                      std::span<const DayRange> paused) const {
  const absl::TimeZone::CivilInfo local = zone_.At(due);
  absl::CivilDay day(local.cs);
  int lost = 0;
  for (absl::CivilDay each = DayOf(since); each <= day; ++each) {
    lost += IsBusinessDay(each) && Contains(paused, each) ? 1 : 0;
  }
  if (lost == 0) return due;
  const Anchor anchor{day, local.cs - absl::CivilSecond(day), local.subsecond};
  while (lost > 0) lost -= Counts(++day, paused) ? 1 : 0;
  return InstantOn(day, anchor);
}

int BusinessCalendar::BusinessDaysBetween(absl::Time from, absl::Time to,
                                          std::span<const DayRange> paused) const {
  const Anchor anchor = AnchorOf(from, paused);
  const absl::CivilDay last = DayOf(to);
  if (last <= anchor.day) return 0;
  int days = CountBusinessDays(anchor.day + 1, last + 1);
  if (!paused.empty()) {
    for (absl::CivilDay day = anchor.day + 1; day <= last; ++day) {
      days -= IsBusinessDay(day) && Contains(paused, day) ? 1 : 0;
    }
  }
  const bool last_is_unfinished = Counts(last, paused) && InstantOn(last, anchor) > to;
  return last_is_unfinished ? days - 1 : days;
}

}  // namespace gavel
