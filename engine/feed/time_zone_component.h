// The `VTIMEZONE` of one zone for a span of time, from abseil's time-zone database. Observances are
// spelled out one by one: a rule would have to be guessed from them, and zones change their rules.
#pragma once

#include <libical/ical.h>

#include <memory>

#include "absl/time/time.h"

namespace gavel::feed {

struct FreeComponent {
  void operator()(icalcomponent* component) const { icalcomponent_free(component); }
};
using Component = std::unique_ptr<icalcomponent, FreeComponent>;

// Right for every instant in [from, to]. O(transitions of the zone in that span).
Component TimeZoneComponent(const absl::TimeZone& zone, absl::Time from, absl::Time to);

}  // namespace gavel::feed
