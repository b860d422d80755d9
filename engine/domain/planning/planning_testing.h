// Calendars, series and queues that the tests of this folder share.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "engine/domain/planning/calendar.h"
#include "engine/domain/planning/civil_date.h"
#include "engine/domain/planning/planner.h"
#include "engine/domain/planning/queue_item.h"

namespace gavel::planning_test {

inline v1::Calendar CalendarMessage(const std::string& zone,
                                    std::initializer_list<absl::CivilDay> holidays = {}) {
  v1::Calendar calendar;
  calendar.set_id("office");
  calendar.set_zone(zone);
  for (int weekday = 1; weekday <= 5; ++weekday) calendar.add_days(weekday);
  calendar.set_open_minute(9 * 60);
  calendar.set_close_minute(18 * 60);
  for (const absl::CivilDay holiday : holidays) *calendar.add_holidays() = ToDate(holiday);
  return calendar;
}

inline BusinessCalendar CalendarIn(const std::string& zone,
                                   std::initializer_list<absl::CivilDay> holidays = {}) {
  return BusinessCalendar::Create(CalendarMessage(zone, holidays)).value();
}

// Christmas 2026 falls on a Friday, New Year 2027 too.
inline const BusinessCalendar& Berlin() {
  static const BusinessCalendar calendar =
      CalendarIn("Europe/Berlin", {absl::CivilDay(2026, 12, 25), absl::CivilDay(2027, 1, 1)});
  return calendar;
}

// The shipped series: Thursday 15:00, cut-off M-3 12:00, freeze M-2 10:00.
inline v1::Series ThursdaySeries() {
  v1::Series series;
  series.set_id("weekly");
  series.set_weekday(4);
  series.set_start_minute(15 * 60);
  series.set_length_min(60);
  *series.mutable_starts() = ToDate(absl::CivilDay(2026, 11, 26));
  series.set_cadence(v1::Series::CADENCE_WEEKLY);
  series.set_holiday(v1::Series::HOLIDAY_RULE_SKIP);
  series.set_cut_off_bd(3);
  series.set_cut_off_minute(12 * 60);
  series.set_freeze_bd(2);
  series.set_freeze_minute(10 * 60);
  series.set_max_specs(3);
  series.set_max_words(9000);
  return series;
}

// "2026-11-26 15:00" in `calendar`'s zone.
inline absl::Time At(const BusinessCalendar& calendar, absl::CivilMinute minute) {
  return calendar.zone().At(absl::CivilSecond(minute)).pre;
}

// Thursday 10 December 2026, planned at its cut-off.
inline constexpr absl::CivilDay kMeetingDay(2026, 12, 10);

inline absl::Time CutOff(const BusinessCalendar& calendar) {
  return At(calendar, absl::CivilMinute(2026, 12, 7, 12, 0));
}

// A small eligible spec (15 minutes), queued `days` before the cut-off at Berlin noon.
inline QueueItem Item(const std::string& key, int days = 7) {
  QueueItem item;
  item.key = key;
  item.queued_since = CutOff(Berlin()) - absl::Hours(24 * days);
  item.major_revision_time = item.queued_since - absl::Hours(24);
  item.words = 1000;
  item.open_decisions = 1;
  return item;
}

inline PlanInput InputOf(std::vector<QueueItem> queue) {
  PlanInput input;
  input.meeting.day = kMeetingDay;
  input.queue = std::move(queue);
  input.now = CutOff(Berlin());
  return input;
}

inline std::vector<std::string> KeysOf(const std::vector<Pick>& picks) {
  std::vector<std::string> keys;
  for (const Pick& pick : picks) keys.push_back(pick.key);
  return keys;
}

// Small integers from a seed, the same on every machine; std's distributions are not.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : engine_(seed) {}

  // 0 to `sides` - 1.
  int Roll(int sides) { return static_cast<int>(engine_() % static_cast<std::uint64_t>(sides)); }
  bool Chance(int percent) { return Roll(100) < percent; }

  std::mt19937_64& engine() { return engine_; }

 private:
  std::mt19937_64 engine_;
};

}  // namespace gavel::planning_test
