#include "engine/domain/planning/time_text.h"

#include <array>

#include <fmt/format.h>

namespace gavel {
namespace {

// Not strftime: its names follow the locale of the process.
constexpr std::array kWeekdays = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
constexpr std::array kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

}  // namespace

std::string DayText(absl::CivilDay day) {
  return fmt::format("{} {} {}", kWeekdays[static_cast<std::size_t>(absl::GetWeekday(day))],
                     day.day(), kMonths[static_cast<std::size_t>(day.month() - 1)]);
}

std::string DayYearText(absl::CivilDay day) {
  return fmt::format("{} {}", DayText(day), day.year());
}

std::string DayText(absl::CivilDay day, absl::CivilDay today) {
  return day.year() == today.year() ? DayText(day) : DayYearText(day);
}

std::string ClockText(absl::Time time, const absl::TimeZone& zone) {
  const absl::CivilMinute local = absl::ToCivilMinute(time, zone);
  return fmt::format("{:02}:{:02}", local.hour(), local.minute());
}

std::string TimeText(absl::Time time, const absl::TimeZone& zone) {
  return fmt::format("{} {}", DayText(absl::ToCivilDay(time, zone)), ClockText(time, zone));
}

std::string TimeText(absl::Time time, const absl::TimeZone& zone, absl::Time now) {
  return fmt::format("{} {}", DayText(absl::ToCivilDay(time, zone), absl::ToCivilDay(now, zone)),
                     ClockText(time, zone));
}

std::string ZonedTimeText(absl::Time time, const absl::TimeZone& zone) {
  return ZonedTimeText(time, zone, time);
}

std::string ZonedTimeText(absl::Time time, const absl::TimeZone& zone, absl::Time now) {
  return fmt::format("{} ({})", TimeText(time, zone, now), zone.name());
}

std::string SpanText(absl::Time start, absl::Time end, const absl::TimeZone& zone) {
  const bool one_day = absl::ToCivilDay(start, zone) == absl::ToCivilDay(end, zone);
  return fmt::format("{}-{} ({})", TimeText(start, zone),
                     one_day ? ClockText(end, zone) : TimeText(end, zone), zone.name());
}

}  // namespace gavel
