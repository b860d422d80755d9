#include "clients/chat/open_hours.h"

#include "engine/base/status_macros.h"

namespace gavel::chat {

absl::StatusOr<OpenHours> OpenHours::Create(const v1::Calendar& calendar) {
  GAVEL_ASSIGN_OR_RETURN(BusinessCalendar business, BusinessCalendar::Create(calendar));
  return OpenHours(std::move(business));
}

absl::Time OpenHours::NextOpen(absl::Time time) const {
  const absl::CivilDay today = calendar_.DayOf(time);
  if (calendar_.IsBusinessDay(today)) {
    if (time < calendar_.Opening(today)) return calendar_.Opening(today);
    if (time < calendar_.Closing(today)) return time;
  }
  return calendar_.Opening(calendar_.BusinessDayFrom(today + 1));
}

}  // namespace gavel::chat
