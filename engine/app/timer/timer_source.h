// Fires what is due. Timers are rows; firing one is a command, so it is logged, happens exactly
// once, and repairs itself after downtime.
#pragma once

#include <optional>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "engine/app/environment.h"

namespace gavel::app {

class TimerSource {
 public:
  explicit TimerSource(Environment& environment) : environment_(environment) {}

  // Fires every timer due at or before `now`, in due order, including those that firing makes due.
  // Returns how many fired. The brake (more than max(1,000, 5 %) of all timers due at once) answers
  // FAILED_PRECONDITION `TIMER_BRAKE` with nothing fired, unless `brake` is off.
  absl::StatusOr<int> FireDue(absl::Time now, bool brake);

  // Advances the development clock to `target`, stopping at each due time on the way.
  absl::StatusOr<int> AdvanceTo(absl::Time target);

  // The earliest due time, or nothing.
  absl::StatusOr<std::optional<absl::Time>> NextDue() const;

 private:
  Environment& environment_;
};

}  // namespace gavel::app
