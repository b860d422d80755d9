#include "rules/compile/holidays.h"

#include <fmt/format.h>
#include <libical/ical.h>

#include <algorithm>
#include <memory>

#include "rules/date.h"

namespace gavel::rules {
namespace {

constexpr size_t kMaxDays = 10'000;

struct FreeComponent {
  void operator()(icalcomponent* component) const { icalcomponent_free(component); }
};
using Component = std::unique_ptr<icalcomponent, FreeComponent>;

v1::Date ToDate(const icaltimetype& time) {
  v1::Date date;
  date.set_year(time.year);
  date.set_month(time.month);
  date.set_day(time.day);
  return date;
}

std::string NameOf(icalcomponent* event) {
  const char* const summary = icalcomponent_get_summary(event);
  return summary != nullptr ? summary : "(no summary)";
}

// Adds the days of one event; the reason why not, or empty.
std::string AddDays(icalcomponent* event, std::vector<v1::Date>& days) {
  icaltimetype day = icalcomponent_get_dtstart(event);
  if (icaltime_is_null_time(day) || !day.is_date || !icaltime_is_valid_time(day)) {
    return fmt::format("\"{}\" has no all-day DTSTART (VALUE=DATE).", NameOf(event));
  }
  if (icalcomponent_get_first_property(event, ICAL_RRULE_PROPERTY) != nullptr) {
    return fmt::format("\"{}\" recurs. Write one event per year.", NameOf(event));
  }
  icaltimetype end = icalcomponent_get_dtend(event);
  if (icaltime_is_null_time(end) || icaltime_compare(end, day) <= 0) {
    end = day;
    icaltime_adjust(&end, 1, 0, 0, 0);
  }
  for (; icaltime_compare(day, end) < 0; icaltime_adjust(&day, 1, 0, 0, 0)) {
    if (days.size() >= kMaxDays) return fmt::format("More than {} days.", kMaxDays);
    days.push_back(ToDate(day));
  }
  return {};
}

}  // namespace

absl::StatusOr<std::vector<v1::Date>> ParseHolidays(const std::string& ics) {
  icalerror_set_errors_are_fatal(0);
  const Component calendar(icalparser_parse_string(ics.c_str()));
  if (!calendar || icalcomponent_isa(calendar.get()) != ICAL_VCALENDAR_COMPONENT) {
    return absl::InvalidArgumentError(
        "The file is no iCalendar (BEGIN:VCALENDAR … END:VCALENDAR).");
  }
  std::vector<v1::Date> days;
  for (icalcomponent* event =
           icalcomponent_get_first_component(calendar.get(), ICAL_VEVENT_COMPONENT);
       event != nullptr;
       event = icalcomponent_get_next_component(calendar.get(), ICAL_VEVENT_COMPONENT)) {
    if (const std::string reason = AddDays(event, days); !reason.empty()) {
      return absl::InvalidArgumentError(reason);
    }
  }
  std::sort(days.begin(), days.end(),
            [](const auto& a, const auto& b) { return CompareDates(a, b) < 0; });
  days.erase(std::unique(days.begin(), days.end(),
                         [](const auto& a, const auto& b) { return CompareDates(a, b) == 0; }),
             days.end());
  return days;
}

}  // namespace gavel::rules
