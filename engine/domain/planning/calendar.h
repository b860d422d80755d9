// Business days and wall time in one zone. The only clock arithmetic of the service: deadlines,
// reminders, the planner, reports and what people read all come from here, so they cannot disagree.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "gavel/v1/org.pb.h"

namespace gavel {

// Whole local days, both ends included, on which a clock stands still: an absence, or a spec that
// waits for its author.
struct DayRange {
  absl::CivilDay first;
  absl::CivilDay last;
};

// Immutable and cheap to copy compared with what it computes; thread-safe.
class BusinessCalendar {
 public:
  // Errors: INVALID_ARGUMENT `FIELD_INVALID`: zone unknown to the time-zone database, no working
  // day, a working day outside 1 to 7, opening not before closing within one day, a holiday that
  // does not exist.
  static absl::StatusOr<BusinessCalendar> Create(const v1::Calendar& calendar);

  const absl::TimeZone& zone() const { return zone_; }

  // The local day of `time`.
  absl::CivilDay DayOf(absl::Time time) const;

  // Whether the ISO weekday (1 to 7) is a working day of the week; holidays are exceptions to it.
  bool WorksOn(int weekday) const { return works_[static_cast<std::size_t>(weekday)]; }

  // A working day that is not a holiday.
  bool IsBusinessDay(absl::CivilDay day) const;

  // `day` itself when it is a business day, else the first one after it.
  absl::CivilDay BusinessDayFrom(absl::CivilDay day) const;

  // The k-th business day strictly before or after `day`; `day` itself for k = 0. k >= 0.
  // A holiday moves the result away from `day`, never closer: "two business days ahead" holds.
  absl::CivilDay BusinessDaysBefore(absl::CivilDay day, int k) const;
  absl::CivilDay BusinessDaysAfter(absl::CivilDay day, int k) const;

  // Business days in [from, to); 0 when the range is empty. O(log holidays).
  int CountBusinessDays(absl::CivilDay from, absl::CivilDay to) const;

  // The instant of a wall time, `minute` (0 to 1439) after local midnight. A time that daylight
  // saving skips moves forward by the gap (02:30 becomes 03:30); a repeated one is the first.
  absl::Time LocalTime(absl::CivilDay day, int minute) const;

  // Start and end of the working hours of `day`, whether or not it is a business day.
  absl::Time Opening(absl::CivilDay day) const;
  absl::Time Closing(absl::CivilDay day) const;

  // The first instant after `day`.
  absl::Time EndOfDay(absl::CivilDay day) const;

  // The same wall time `n` business days later (n >= 0). Counting from a day that is not a
  // business day starts at the opening of the next one, so Saturday + 1 is Tuesday's opening.
  // A day inside one of `paused` does not count.
  absl::Time AddBusinessDays(absl::Time start, int n, std::span<const DayRange> paused = {}) const;

  // `due`, which was counted from `since` with nothing paused, later by the business days of
  // [since, due] that are paused: the same wall time that many counted days on. `due` itself where
  // none is. A deadline that was announced thus moves by an absence and by nothing else.
  absl::Time Postpone(absl::Time since, absl::Time due, std::span<const DayRange> paused) const;

  // Business days that have passed: the largest n with AddBusinessDays(from, n, paused) <= to,
  // or 0 when there is none.
  int BusinessDaysBetween(absl::Time from, absl::Time to,
                          std::span<const DayRange> paused = {}) const;

 private:
  // A wall time on a business day: where counting starts.
  struct Anchor {
    absl::CivilDay day;
    std::int64_t second_of_day = 0;
    absl::Duration subsecond;
  };

  BusinessCalendar() = default;

  bool Counts(absl::CivilDay day, std::span<const DayRange> paused) const;
  Anchor AnchorOf(absl::Time time, std::span<const DayRange> paused) const;
  absl::Time InstantOn(absl::CivilDay day, const Anchor& anchor) const;

  absl::TimeZone zone_;
  std::array<bool, 8> works_ = {};         // By ISO weekday; index 0 is unused.
  std::vector<absl::CivilDay> holidays_;   // Sorted, unique, working weekdays only.
  int open_minute_ = 0;
  int close_minute_ = 0;
};

}  // namespace gavel
