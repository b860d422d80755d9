// Wall time as libical keeps it.
#pragma once

#include <libical/ical.h>

#include "absl/time/civil_time.h"

namespace gavel::feed {

// Without a zone: what a clock on the wall shows.
inline icaltimetype ToIcal(absl::CivilSecond local) {
  icaltimetype time = icaltime_null_time();
  time.year = static_cast<int>(local.year());
  time.month = local.month();
  time.day = local.day();
  time.hour = local.hour();
  time.minute = local.minute();
  time.second = local.second();
  return time;
}

}  // namespace gavel::feed
