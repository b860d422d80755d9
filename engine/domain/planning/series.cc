#include "engine/domain/planning/series.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "engine/base/error.h"
#include "engine/base/status_macros.h"
#include "engine/domain/planning/series_numbers.h"
#include "engine/domain/planning/weight.h"

namespace gavel {
namespace {

constexpr int kMinutesPerDay = 24 * 60;
constexpr int kLongestMeetingMin = 480;
constexpr int kMostBusinessDaysAhead = 20;
constexpr absl::Duration kSearchLimit = absl::Hours(2 * 366 * 24);

absl::Status SeriesError(const v1::Series& series, std::string_view field,
                         std::string_view description) {
  return FieldError(fmt::format("series.{}.{}", series.id(), field), description);
}

absl::Status CheckRange(const v1::Series& series, std::string_view field, int value, int least,
                        int most) {
  if (value >= least && value <= most) return absl::OkStatus();
  return SeriesError(series, field, fmt::format("{} is not in {} to {}.", value, least, most));
}

absl::Status CheckNumbers(const v1::Series& series) {
  GAVEL_RETURN_IF_ERROR(CheckRange(series, "on", series.weekday(), 1, 7));
  GAVEL_RETURN_IF_ERROR(CheckRange(series, "at", series.start_minute(), 0, kMinutesPerDay - 1));
  GAVEL_RETURN_IF_ERROR(
      CheckRange(series, "length_min", series.length_min(), 1, kLongestMeetingMin));
  GAVEL_RETURN_IF_ERROR(
      CheckRange(series, "cut_off.at", series.cut_off_minute(), 0, kMinutesPerDay - 1));
  GAVEL_RETURN_IF_ERROR(
      CheckRange(series, "freeze.at", series.freeze_minute(), 0, kMinutesPerDay - 1));
  GAVEL_RETURN_IF_ERROR(
      CheckRange(series, "cut_off.bd", series.cut_off_bd(), 1, kMostBusinessDaysAhead));
  GAVEL_RETURN_IF_ERROR(
      CheckRange(series, "freeze.bd", series.freeze_bd(), 1, kMostBusinessDaysAhead));
  GAVEL_RETURN_IF_ERROR(CheckRange(series, "max_specs", series.max_specs(), 1, kMostSpecs));
  GAVEL_RETURN_IF_ERROR(
      CheckRange(series, "quick_items", series.quick_items(), 0, kMostQuickItems));
  if (series.max_words() < 1) {
    return SeriesError(series, "max_words", "A packet needs at least one word.");
  }
  for (const SeriesNumberKey& number : SeriesNumberKeys()) {
    if (!(series.*number.has)()) continue;
    GAVEL_RETURN_IF_ERROR(
        CheckRange(series, number.key, (series.*number.get)(), number.least, number.most));
  }
  const std::optional<SeriesConflict> conflict = ConflictIn(series);
  return conflict.has_value() ? SeriesError(series, conflict->key, conflict->problem)
                              : absl::OkStatus();
}

absl::Status CheckSeries(const v1::Series& series, const BusinessCalendar& calendar) {
  GAVEL_RETURN_IF_ERROR(CheckNumbers(series));
  if (!calendar.WorksOn(series.weekday())) {
    return SeriesError(series, "on",
                       fmt::format("Weekday {} is not a working day of the calendar.",
                                   series.weekday()));
  }
  if (std::pair(-series.cut_off_bd(), series.cut_off_minute()) >=
      std::pair(-series.freeze_bd(), series.freeze_minute())) {
    return SeriesError(series, "freeze", "The freeze must come after the cut-off.");
  }
  if (series.has_starts() && !IsValidDate(series.starts())) {
    return SeriesError(series, "starts", "This day does not exist.");
  }
  if (series.cadence() != v1::Series::CADENCE_WEEKLY &&
      series.cadence() != v1::Series::CADENCE_ON_DEMAND) {
    return SeriesError(series, "cadence", "Use weekly or on_demand.");
  }
  if (series.holiday() != v1::Series::HOLIDAY_RULE_SKIP &&
      series.holiday() != v1::Series::HOLIDAY_RULE_SHIFT) {
    return SeriesError(series, "holiday", "Use skip or shift.");
  }
  return absl::OkStatus();
}

}  // namespace

SeriesSchedule::SeriesSchedule(v1::Series series, BusinessCalendar calendar)
    : series_(std::move(series)), calendar_(std::move(calendar)) {}

absl::StatusOr<SeriesSchedule> SeriesSchedule::Create(const v1::Series& series,
                                                      BusinessCalendar calendar) {
  GAVEL_RETURN_IF_ERROR(CheckSeries(series, calendar));
  return SeriesSchedule(series, std::move(calendar));
}

std::optional<absl::CivilDay> SeriesSchedule::DayInWeek(absl::CivilDay monday) const {
  const absl::CivilDay planned = monday + (series_.weekday() - 1);
  if (series_.has_starts() && planned < ToCivilDay(series_.starts())) return std::nullopt;
  if (calendar_.IsBusinessDay(planned)) return planned;
  if (series_.holiday() != v1::Series::HOLIDAY_RULE_SHIFT) return std::nullopt;
  const absl::CivilDay shifted = calendar_.BusinessDayFrom(planned);
  if (shifted >= planned + 7) return std::nullopt;  // The next meeting is due by then.
  return shifted;
}

std::vector<Occurrence> SeriesSchedule::Between(absl::Time from, absl::Time to) const {
  std::vector<Occurrence> occurrences;
  if (series_.cadence() != v1::Series::CADENCE_WEEKLY) return occurrences;
  const absl::CivilDay last = calendar_.DayOf(to);
  // From a week earlier: its meeting may have shifted into this one.
  for (absl::CivilDay monday = MondayOf(calendar_.DayOf(from)) - 7; monday <= last; monday += 7) {
    const std::optional<absl::CivilDay> day = DayInWeek(monday);
    if (!day.has_value()) continue;
    Occurrence occurrence = On(*day, series_.start_minute());
    occurrence.week = IsoWeekOf(monday);
    if (occurrence.start >= from && occurrence.start < to) occurrences.push_back(occurrence);
  }
  return occurrences;
}

IsoWeek SeriesSchedule::WeekOf(absl::CivilDay day) const {
  const absl::CivilDay monday = MondayOf(day);
  return DayInWeek(monday - 7) == day ? IsoWeekOf(monday - 7) : IsoWeekOf(monday);
}

std::vector<Occurrence> SeriesSchedule::Plannable(absl::Time now) const {
  std::vector<Occurrence> occurrences = Between(now, now + kSeriesHorizon);
  std::erase_if(occurrences,
                [now](const Occurrence& occurrence) { return occurrence.freeze <= now; });
  return occurrences;
}

std::optional<Occurrence> SeriesSchedule::NextAfter(absl::Time time) const {
  // Most series meet within the horizon; only a long closure needs the second look.
  for (const absl::Duration reach : {kSeriesHorizon, kSearchLimit}) {
    for (const Occurrence& occurrence : Between(time, time + reach)) {
      if (occurrence.start > time) return occurrence;
    }
  }
  return std::nullopt;
}

Occurrence SeriesSchedule::FirstFree(absl::Time now, std::span<const IsoWeek> taken) const {
  absl::CivilDay day = calendar_.DayOf(now);
  if (series_.has_starts()) day = std::max(day, ToCivilDay(series_.starts()));
  for (;; ++day) {
    day = calendar_.BusinessDayFrom(day);
    if (std::find(taken.begin(), taken.end(), IsoWeekOf(day)) != taken.end()) continue;
    const Occurrence occurrence = On(day, series_.start_minute());
    if (occurrence.freeze > now) return occurrence;
  }
}

Occurrence SeriesSchedule::On(absl::CivilDay day, int start_minute) const {
  const auto ahead = [&](int business_days, int minute) {
    return calendar_.LocalTime(calendar_.BusinessDaysBefore(day, business_days), minute);
  };
  const SeriesNumbers numbers = NumbersOf(series_);
  Occurrence occurrence;
  occurrence.day = day;
  occurrence.week = IsoWeekOf(day);
  occurrence.start = calendar_.LocalTime(day, start_minute);
  occurrence.end = occurrence.start + absl::Minutes(series_.length_min());
  occurrence.preview = ahead(series_.cut_off_bd() + numbers.preview_bd, series_.cut_off_minute());
  occurrence.cut_off = ahead(series_.cut_off_bd(), series_.cut_off_minute());
  occurrence.freeze = ahead(series_.freeze_bd(), series_.freeze_minute());
  occurrence.go_no_go = ahead(numbers.go_no_go_bd, series_.freeze_minute());
  occurrence.minutes_due = calendar_.AddBusinessDays(occurrence.end, 1);
  return occurrence;
}

}  // namespace gavel
