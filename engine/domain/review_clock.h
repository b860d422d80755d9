// The clock of a review: business days of the area's calendar, standing still while the spec waits
// for its author or is parked, and for a person while they are away. What is shown, reminded of and
// reported is measured here (docs/adr: one clock for review times).
#pragma once

#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "engine/domain/organisation.h"
#include "engine/domain/planning/calendar.h"
#include "engine/domain/situation.h"
#include "gavel/v1/event.pb.h"
#include "gavel/v1/spec.pb.h"

namespace gavel {

// True in CHANGES_REQUESTED and DEFERRED.
bool IsPaused(v1::Spec::State state);

// The days on which a spec's clock stood still, collected from its events in log order: from the
// day after the one it stopped on, through the day it went on. Of an hour in between nothing is
// lost, as the clock counts whole days.
class SpecPauses {
 public:
  // `calendar` must outlive the object.
  explicit SpecPauses(const BusinessCalendar& calendar) : calendar_(calendar) {}

  // Only the state that an event leads to is looked at.
  void Add(const v1::Event& event);

  // Oldest first. A pause that lasts is counted up to `now`.
  std::vector<DayRange> Until(absl::Time now) const;

 private:
  const BusinessCalendar& calendar_;
  std::vector<DayRange> ended_;
  absl::Time paused_since_ = absl::InfiniteFuture();
};

// The days on which a person is away.
std::vector<DayRange> AwayDays(const Absences& absences, std::string_view person);

// The times of the review for one person.
struct PersonalClock {
  absl::Time half;
  absl::Time due;
  absl::Time escalate;
};

// Each is later by the business days of absence before it, up to the window's end, which waits for
// nobody: the review goes on without them.
PersonalClock ClockOf(const Situation& situation, std::string_view person);

}  // namespace gavel
