#include "rules/compile/holidays.h"

#include <fmt/format.h>
#include <libical/ical.h>

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <tuple>

#include "rules/compile/ics_lines.h"

namespace gavel::rules {
namespace {

constexpr size_t kMaxDays = 10'000;
constexpr int kMaxEventDays = 366;
constexpr int kFirstYear = 1970;

struct FreeComponent {
  void operator()(icalcomponent* component) const { icalcomponent_free(component); }
};
using Component = std::unique_ptr<icalcomponent, FreeComponent>;

struct FreeIterator {
  void operator()(icalrecur_iterator* iterator) const { icalrecur_iterator_free(iterator); }
};
using Recurrence = std::unique_ptr<icalrecur_iterator, FreeIterator>;

using Day = std::tuple<int, int, int>;  // Year, month, day.

Day DayOf(const icaltimetype& time) { return {time.year, time.month, time.day}; }

std::string Compact(const icaltimetype& time) {
  return fmt::format("{:04}{:02}{:02}", time.year, time.month, time.day);
}

bool IsMidnight(const icaltimetype& time) {
  return time.hour == 0 && time.minute == 0 && time.second == 0;
}

// libical's own check lets 30 February through.
bool Exists(const icaltimetype& time) {
  return !icaltime_is_null_time(time) && 1 <= time.month && time.month <= 12 && 1 <= time.day &&
         time.day <= icaltime_days_in_month(time.month, time.year);
}

// A problem and the property that it is about.
struct Refusal {
  std::string text;
  const char* property = "BEGIN";
};

// One VEVENT.
class Event {
 public:
  explicit Event(icalcomponent* event) : event_(event) {}

  std::string uid() const {
    const char* const uid = icalcomponent_get_uid(event_);
    return uid == nullptr ? "" : uid;
  }
  bool cancelled() const { return icalcomponent_get_status(event_) == ICAL_STATUS_CANCELLED; }

  // The occurrence of its series that it replaces.
  std::optional<Day> replaces() const {
    const icaltimetype instance = icalcomponent_get_recurrenceid(event_);
    if (icaltime_is_null_time(instance)) return std::nullopt;
    return DayOf(instance);
  }

  // Adds its days but for the occurrences that start on one of `replaced`.
  std::optional<Refusal> AddDays(const std::set<Day>& replaced, std::set<Day>& days) const;

 private:
  std::optional<Refusal> CheckReadable() const;
  std::optional<Refusal> CheckWholeDay(const icaltimetype& time, const char* property) const;
  std::optional<Refusal> AddRules(const icaltimetype& start, std::set<Day>& starts) const;
  std::optional<Refusal> AddDates(std::set<Day>& starts) const;

  std::string Named(std::string_view text) const {
    const char* const summary = icalcomponent_get_summary(event_);
    return fmt::format("\"{}\" {}", summary == nullptr ? "(no summary)" : summary, text);
  }

  // A list, since libical keeps the place of an iteration in the component: looking at another
  // property meanwhile would begin anew.
  std::vector<icalproperty*> All(icalproperty_kind kind) const {
    std::vector<icalproperty*> all;
    for (icalproperty* property = icalcomponent_get_first_property(event_, kind);
         property != nullptr; property = icalcomponent_get_next_property(event_, kind)) {
      all.push_back(property);
    }
    return all;
  }

  icalcomponent* event_;
};

std::optional<Refusal> Event::CheckReadable() const {
  if (icalproperty* error = icalcomponent_get_first_property(event_, ICAL_XLICERROR_PROPERTY)) {
    return Refusal{Named(fmt::format("cannot be read: {}.", icalproperty_get_xlicerror(error)))};
  }
  if (icalcomponent_get_first_property(event_, ICAL_EXRULE_PROPERTY) != nullptr) {
    return Refusal{Named("has an EXRULE, which RFC 5545 withdrew. Write EXDATE."), "EXRULE"};
  }
  if (icalcomponent_get_first_property(event_, ICAL_DTSTART_PROPERTY) == nullptr) {
    return Refusal{Named("has no start. Write DTSTART;VALUE=DATE: and the day.")};
  }
  return std::nullopt;
}

std::optional<Refusal> Event::CheckWholeDay(const icaltimetype& time, const char* property) const {
  if (!Exists(time)) {
    return Refusal{Named(fmt::format("has a {} that is no day.", property)), property};
  }
  if (time.is_date) return std::nullopt;
  const std::string fix = fmt::format("Write {};VALUE=DATE:{}.", property, Compact(time));
  if (icaltime_is_utc(time)) {
    return Refusal{Named("is in UTC: which local day that is depends on the zone. " + fix),
                   property};
  }
  if (IsMidnight(time)) return std::nullopt;
  return Refusal{Named("has a time of day, and a holiday is a whole day. " + fix), property};
}

// Adds what the rules of the event yield.
std::optional<Refusal> Event::AddRules(const icaltimetype& start, std::set<Day>& starts) const {
  for (icalproperty* property : All(ICAL_RRULE_PROPERTY)) {
    const icalrecurrencetype rule = icalproperty_get_rrule(property);
    const bool by_days =
        rule.freq == ICAL_DAILY_RECURRENCE || rule.freq == ICAL_WEEKLY_RECURRENCE ||
        rule.freq == ICAL_MONTHLY_RECURRENCE || rule.freq == ICAL_YEARLY_RECURRENCE;
    const Recurrence recurrence(by_days ? icalrecur_iterator_new(rule, start) : nullptr);
    if (recurrence == nullptr) {
      return Refusal{Named("has a rule that does not yield days. Use FREQ=YEARLY, or write RDATE."),
                     "RRULE"};
    }
    for (icaltimetype day = icalrecur_iterator_next(recurrence.get());
         !icaltime_is_null_time(day) && day.year <= kLastHolidayYear && starts.size() <= kMaxDays;
         day = icalrecur_iterator_next(recurrence.get())) {
      starts.insert(DayOf(day));
    }
  }
  return std::nullopt;
}

// Adds the event's RDATEs and takes its EXDATEs away.
std::optional<Refusal> Event::AddDates(std::set<Day>& starts) const {
  for (icalproperty* property : All(ICAL_RDATE_PROPERTY)) {
    const icaldatetimeperiodtype date = icalproperty_get_rdate(property);
    const bool period = icaltime_is_null_time(date.time);
    const icaltimetype day = period ? date.period.start : date.time;
    if (auto refusal = CheckWholeDay(day, "RDATE")) return refusal;
    starts.insert(DayOf(day));
  }
  for (icalproperty* property : All(ICAL_EXDATE_PROPERTY)) {
    const icaltimetype day = icalproperty_get_exdate(property);
    if (auto refusal = CheckWholeDay(day, "EXDATE")) return refusal;
    starts.erase(DayOf(day));
  }
  return std::nullopt;
}

std::optional<Refusal> Event::AddDays(const std::set<Day>& replaced, std::set<Day>& days) const {
  if (auto refusal = CheckReadable()) return refusal;
  icaltimetype start = icalcomponent_get_dtstart(event_);
  if (auto refusal = CheckWholeDay(start, "DTSTART")) return refusal;
  start.is_date = 1;  // From midnight to midnight is the day itself.
  icaltimetype end = icalcomponent_get_dtend(event_);
  if (!icaltime_is_null_time(end)) {
    if (auto refusal = CheckWholeDay(end, "DTEND")) return refusal;
  }

  std::set<Day> starts = {DayOf(start)};
  if (auto refusal = AddRules(start, starts)) return refusal;
  if (auto refusal = AddDates(starts)) return refusal;

  int length = 1;  // Also where the end is missing or not later, as some programs write it.
  icaltimetype next = start;
  for (icaltime_adjust(&next, 1, 0, 0, 0); DayOf(next) < DayOf(end);
       icaltime_adjust(&next, 1, 0, 0, 0)) {
    if (++length > kMaxEventDays) return Refusal{Named("is longer than a year."), "DTEND"};
  }
  for (const Day& first : starts) {
    if (replaced.count(first) > 0) continue;
    icaltimetype day = start;
    std::tie(day.year, day.month, day.day) = first;
    for (int i = 0; i < length; ++i, icaltime_adjust(&day, 1, 0, 0, 0)) {
      if (day.year >= kFirstYear) days.insert(DayOf(day));
    }
  }
  if (days.size() <= kMaxDays) return std::nullopt;
  return Refusal{Named(fmt::format("makes it more than {} days.", kMaxDays))};
}

// The events of all calendars, in the order of the text.
std::vector<Event> EventsIn(icalcomponent* root) {
  std::vector<Event> events;
  const auto add = [&events](icalcomponent* calendar) {
    for (icalcomponent* event = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT);
         event != nullptr;
         event = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT)) {
      events.emplace_back(event);
    }
  };
  if (icalcomponent_isa(root) == ICAL_VCALENDAR_COMPONENT) {
    add(root);
    return events;
  }
  // libical puts several calendars under a root of its own.
  for (icalcomponent* calendar = icalcomponent_get_first_component(root, ICAL_VCALENDAR_COMPONENT);
       calendar != nullptr;
       calendar = icalcomponent_get_next_component(root, ICAL_VCALENDAR_COMPONENT)) {
    add(calendar);
  }
  return events;
}

HolidayFile Refused(std::string problem, int line) { return {{}, std::move(problem), line}; }

}  // namespace

HolidayFile ReadHolidayFile(const std::string& ics) {
  const IcsLines lines(ics);
  if (lines.calendars() == 0) {
    return Refused("The file is no iCalendar (BEGIN:VCALENDAR … END:VCALENDAR).", 0);
  }
  if (const int line = lines.unclosed()) {
    return Refused("What begins here does not end. Fetch the whole file.", line);
  }
  icalerror_set_errors_are_fatal(0);
  const Component root(icalparser_parse_string(ics.c_str()));
  if (root == nullptr) return Refused("The file cannot be read as iCalendar.", 0);
  const std::vector<Event> events = EventsIn(root.get());

  std::map<std::string, std::set<Day>> replaced;
  for (const Event& event : events) {
    if (const auto day = event.replaces()) replaced[event.uid()].insert(*day);
  }
  std::set<Day> days;
  for (size_t i = 0; i < events.size(); ++i) {
    if (events[i].cancelled()) continue;
    const bool series = !events[i].replaces().has_value();
    const auto refusal =
        events[i].AddDays(series ? replaced[events[i].uid()] : std::set<Day>(), days);
    if (refusal.has_value()) {
      return Refused(refusal->text, lines.LineOf(static_cast<int>(i), refusal->property));
    }
  }
  HolidayFile file;
  for (const auto& [year, month, day] : days) {
    v1::Date& date = file.days.emplace_back();
    date.set_year(year);
    date.set_month(month);
    date.set_day(day);
  }
  return file;
}

absl::StatusOr<std::vector<v1::Date>> ParseHolidays(const std::string& ics) {
  HolidayFile file = ReadHolidayFile(ics);
  if (file.problem.empty()) return std::move(file.days);
  return absl::InvalidArgumentError(
      file.line == 0 ? file.problem : fmt::format("line {}: {}", file.line, file.problem));
}

}  // namespace gavel::rules
