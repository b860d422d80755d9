// Hours in which people may be disturbed: the working hours of business days in one zone.
#pragma once

#include <utility>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "engine/domain/planning/calendar.h"
#include "gavel/v1/org.pb.h"

namespace gavel::chat {

class OpenHours {
 public:
  // Errors: those of BusinessCalendar::Create.
  static absl::StatusOr<OpenHours> Create(const v1::Calendar& calendar);

  // `time` itself within the hours, from the opening to just before the closing; else the next
  // opening. Wall time in the zone, so a clock change moves nothing for people.
  absl::Time NextOpen(absl::Time time) const;

 private:
  explicit OpenHours(BusinessCalendar calendar) : calendar_(std::move(calendar)) {}

  BusinessCalendar calendar_;
};

}  // namespace gavel::chat
