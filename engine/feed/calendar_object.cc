#include "engine/feed/calendar_object.h"

#include <libical/ical.h>

#include <algorithm>
#include <map>

#include "engine/feed/ical_time.h"
#include "engine/feed/time_zone_component.h"

namespace gavel::feed {
namespace {

constexpr char kProduct[] = "-//Gavel//Spec reviews//EN";
// How often clients are asked to look; they do as they like.
constexpr char kRefresh[] = "PT1H";

// Libraries escape what a value may not hold, but pass control characters on; some readers then
// refuse the whole feed. Line breaks stay where a text may have several lines.
std::string CleanText(std::string text, bool lines) {
  for (char& c : text) {
    const bool control = static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
    if (control && !(lines && c == '\n')) c = ' ';
  }
  return text;
}

icaltimetype LocalTime(absl::Time time, const absl::TimeZone& zone) {
  return ToIcal(absl::ToCivilSecond(time, zone));
}

icaltimetype UtcTime(absl::Time time) {
  icaltimetype ical = LocalTime(time, absl::UTCTimeZone());
  ical.zone = icaltimezone_get_utc_timezone();
  return ical;
}

icalproperty* InZone(icalproperty* property, const absl::TimeZone& zone) {
  icalproperty_add_parameter(property, icalparameter_new_tzid(zone.name().c_str()));
  return property;
}

// A property that libical has no name for: RFC 7986 and what calendars invented.
icalproperty* NamedProperty(const char* name, const char* value) {
  icalproperty* const property = icalproperty_new_x(value);
  icalproperty_set_x_name(property, name);
  return property;
}

icalproperty_status StatusOf(EntryStatus status) {
  switch (status) {
    case EntryStatus::kTentative:
      return ICAL_STATUS_TENTATIVE;
    case EntryStatus::kConfirmed:
      return ICAL_STATUS_CONFIRMED;
    case EntryStatus::kCancelled:
      return ICAL_STATUS_CANCELLED;
  }
  return ICAL_STATUS_NONE;
}

icalcomponent* Event(const CalendarEntry& entry) {
  icalcomponent* const event = icalcomponent_new(ICAL_VEVENT_COMPONENT);
  const auto add = [event](icalproperty* property) { icalcomponent_add_property(event, property); };
  add(icalproperty_new_uid(entry.uid.c_str()));
  add(icalproperty_new_sequence(entry.sequence));
  // When the entry was written: the time of its change, so that a feed without news has the same
  // bytes and the same entity tag.
  add(icalproperty_new_dtstamp(UtcTime(entry.last_modified)));
  add(icalproperty_new_lastmodified(UtcTime(entry.last_modified)));
  add(InZone(icalproperty_new_dtstart(LocalTime(entry.start, entry.zone)), entry.zone));
  add(InZone(icalproperty_new_dtend(LocalTime(entry.end, entry.zone)), entry.zone));
  add(icalproperty_new_summary(CleanText(entry.summary, false).c_str()));
  if (!entry.description.empty()) {
    add(icalproperty_new_description(CleanText(entry.description, true).c_str()));
  }
  if (!entry.category.empty()) {
    add(icalproperty_new_categories(CleanText(entry.category, false).c_str()));
  }
  add(icalproperty_new_status(StatusOf(entry.status)));
  const bool busy = entry.status != EntryStatus::kCancelled && !entry.is_deadline;
  add(icalproperty_new_transp(busy ? ICAL_TRANSP_OPAQUE : ICAL_TRANSP_TRANSPARENT));
  return event;
}

struct Span {
  absl::Time from = absl::InfiniteFuture();
  absl::Time to = absl::InfinitePast();
};

void AddTimeZones(const CalendarObject& object, icalcomponent* calendar) {
  std::map<std::string, std::pair<absl::TimeZone, Span>> zones;
  for (const CalendarEntry& entry : object.entries) {
    auto& [zone, span] = zones[entry.zone.name()];
    zone = entry.zone;
    span.from = std::min(span.from, entry.start);
    span.to = std::max(span.to, entry.end);
  }
  for (const auto& [name, used] : zones) {
    const auto& [zone, span] = used;
    icalcomponent_add_component(calendar, TimeZoneComponent(zone, span.from, span.to).release());
  }
}

}  // namespace

std::string RenderCalendar(const CalendarObject& object) {
  const Component calendar(icalcomponent_new(ICAL_VCALENDAR_COMPONENT));
  const auto add = [&](icalproperty* property) {
    icalcomponent_add_property(calendar.get(), property);
  };
  add(icalproperty_new_version("2.0"));
  add(icalproperty_new_prodid(kProduct));
  add(icalproperty_new_method(ICAL_METHOD_PUBLISH));
  const std::string name = CleanText(object.name, false);
  add(NamedProperty("NAME", name.c_str()));
  add(NamedProperty("X-WR-CALNAME", name.c_str()));
  icalproperty* const refresh = NamedProperty("REFRESH-INTERVAL", kRefresh);
  icalproperty_add_parameter(refresh, icalparameter_new_value(ICAL_VALUE_DURATION));
  add(refresh);
  add(NamedProperty("X-PUBLISHED-TTL", kRefresh));  // What Outlook reads.
  AddTimeZones(object, calendar.get());
  for (const CalendarEntry& entry : object.entries) {
    icalcomponent_add_component(calendar.get(), Event(entry));
  }
  char* const text = icalcomponent_as_ical_string_r(calendar.get());
  std::string ics(text);
  icalmemory_free_buffer(text);
  return ics;
}

}  // namespace gavel::feed
