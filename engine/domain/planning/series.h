// The week of a meeting series: when each occurrence starts, and when it is previewed, picked,
// frozen, confirmed and minuted. The table is "The week of meeting M" in the design of meetings.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "engine/domain/planning/calendar.h"
#include "engine/domain/planning/civil_date.h"
#include "gavel/v1/org.pb.h"

namespace gavel {

// How far ahead occurrences get a record.
inline constexpr absl::Duration kSeriesHorizon = absl::Hours(8 * 7 * 24);

// One meeting M. "M-k" is the k-th business day before it, so a holiday moves a step earlier.
struct Occurrence {
  absl::CivilDay day;
  IsoWeek week;            // The week whose meeting it is; a shift may take it into the next one.
  absl::Time start;
  absl::Time end;
  absl::Time preview;      // M-5 at the cut-off's wall time by default: presenters are asked.
  absl::Time cut_off;      // M-3 12:00 by default: the agenda is picked.
  absl::Time freeze;       // M-2 10:00 by default: the packet goes out, or it is cancelled.
  absl::Time go_no_go;     // M-1 by default, at the freeze's wall time.
  absl::Time minutes_due;  // The end's wall time on M+1.
};

// Immutable, thread-safe.
class SeriesSchedule {
 public:
  // Errors: INVALID_ARGUMENT `FIELD_INVALID`: weekday not a working day of the calendar, a minute
  // outside the day, a length above 480 minutes or too short for one item, a freeze that is not
  // after the cut-off or not at least one business day ahead, max_specs outside 1 to 3, max_words
  // below 1, quick_items outside 0 to 5, an optional number out of range or in conflict
  // (series_numbers.h), no cadence or holiday rule, a start date that does not exist.
  static absl::StatusOr<SeriesSchedule> Create(const v1::Series& series,
                                               BusinessCalendar calendar);

  const v1::Series& series() const { return series_; }
  const BusinessCalendar& calendar() const { return calendar_; }

  // Weekly occurrences with from <= start < to, oldest first; none for a series on demand.
  // One for each ISO week: an occurrence on a holiday is skipped, or shifts to the next business
  // day, and is skipped where that reaches the weekday of the meeting after it.
  std::vector<Occurrence> Between(absl::Time from, absl::Time to) const;

  // The week whose meeting takes place on `day`: the one before its own when a holiday shifted the
  // meeting there. For a day without a regular meeting the week it lies in.
  IsoWeek WeekOf(absl::CivilDay day) const;

  // The occurrences that can still be planned: within the horizon and frozen later than `now`.
  // One whose freeze has passed is skipped, never squeezed in.
  std::vector<Occurrence> Plannable(absl::Time now) const;

  // The first weekly occurrence that starts after `time`. Empty on demand, or when the calendar
  // leaves none in the next two years.
  std::optional<Occurrence> NextAfter(absl::Time time) const;

  // On demand: the first business day whose freeze is later than `now`, outside the weeks that
  // already have a meeting of this series.
  Occurrence FirstFree(absl::Time now, std::span<const IsoWeek> taken) const;

  // The steps of a meeting of this series on `day`: what an ad-hoc session keeps to.
  Occurrence On(absl::CivilDay day, int start_minute) const;

 private:
  SeriesSchedule(v1::Series series, BusinessCalendar calendar);

  // The day the occurrence of the week starting at `monday` takes place, if it does.
  std::optional<absl::CivilDay> DayInWeek(absl::CivilDay monday) const;

  v1::Series series_;
  BusinessCalendar calendar_;
};

}  // namespace gavel
