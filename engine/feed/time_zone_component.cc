#include "engine/feed/time_zone_component.h"

#include "absl/time/civil_time.h"
#include "engine/feed/ical_time.h"

namespace gavel::feed {
namespace {

// The rules that hold from `since` on; before it the clock was `offset_before` seconds ahead.
void AddObservance(const absl::TimeZone& zone, absl::Time since, int offset_before,
                   icalcomponent* parent) {
  const absl::TimeZone::CivilInfo after = zone.At(since);
  icalcomponent* const observance =
      icalcomponent_new(after.is_dst ? ICAL_XDAYLIGHT_COMPONENT : ICAL_XSTANDARD_COMPONENT);
  // Its beginning is told by the clock that it ends (RFC 5545, 3.6.5).
  const absl::TimeZone before = absl::FixedTimeZone(offset_before);
  icalcomponent_add_property(observance,
                             icalproperty_new_dtstart(ToIcal(absl::ToCivilSecond(since, before))));
  icalcomponent_add_property(observance, icalproperty_new_tzoffsetfrom(offset_before));
  icalcomponent_add_property(observance, icalproperty_new_tzoffsetto(after.offset));
  icalcomponent_add_property(observance, icalproperty_new_tzname(after.zone_abbr));
  icalcomponent_add_component(parent, observance);
}

// The civil second that the clock jumps to. It names two instants where the clock goes back.
absl::Time InstantOf(const absl::TimeZone::CivilTransition& transition,
                     const absl::TimeZone& zone) {
  return zone.At(transition.to).trans;
}

// When what holds at `from` began; the beginning of the calendar for a zone that never changed.
absl::Time BeginningOf(const absl::TimeZone& zone, absl::Time from) {
  absl::TimeZone::CivilTransition transition;
  // The transition at `from` itself counts.
  if (!zone.PrevTransition(from + absl::Nanoseconds(1), &transition)) {
    return absl::FromCivil(absl::CivilSecond(1970, 1, 1), absl::UTCTimeZone());
  }
  return InstantOf(transition, zone);
}

}  // namespace

Component TimeZoneComponent(const absl::TimeZone& zone, absl::Time from, absl::Time to) {
  Component component(icalcomponent_new(ICAL_VTIMEZONE_COMPONENT));
  icalcomponent_add_property(component.get(), icalproperty_new_tzid(zone.name().c_str()));
  absl::Time since = BeginningOf(zone, from);
  int offset_before = zone.At(since - absl::Seconds(1)).offset;
  while (true) {
    AddObservance(zone, since, offset_before, component.get());
    offset_before = zone.At(since).offset;
    absl::TimeZone::CivilTransition transition;
    if (!zone.NextTransition(since, &transition)) break;
    since = InstantOf(transition, zone);
    if (since > to) break;
  }
  return component;
}

}  // namespace gavel::feed
