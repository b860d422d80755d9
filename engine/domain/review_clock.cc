#include "engine/domain/review_clock.h"

#include <algorithm>

#include "engine/domain/names.h"
#include "engine/domain/planning/civil_date.h"

namespace gavel {

bool IsPaused(v1::Spec::State state) {
  return state == v1::Spec::STATE_CHANGES_REQUESTED || state == v1::Spec::STATE_DEFERRED;
}

void SpecPauses::Add(const v1::Event& event) {
  const bool stopped = paused_since_ != absl::InfiniteFuture();
  const absl::Time time = FromProto(event.time());
  if (event.to_state() == v1::Spec::STATE_UNSPECIFIED || stopped == IsPaused(event.to_state())) {
    return;
  }
  if (!stopped) {
    paused_since_ = time;
    return;
  }
  ended_ = Until(time);
  paused_since_ = absl::InfiniteFuture();
}

std::vector<DayRange> SpecPauses::Until(absl::Time now) const {
  std::vector<DayRange> pauses = ended_;
  if (paused_since_ >= now) return pauses;
  const DayRange last{calendar_.DayOf(paused_since_) + 1, calendar_.DayOf(now)};
  if (last.first <= last.last) pauses.push_back(last);
  return pauses;
}

std::vector<DayRange> AwayDays(const Absences& absences, std::string_view person) {
  std::vector<DayRange> days;
  const auto record = absences.find(person);
  if (record == absences.end()) return days;
  for (const v1::Absence& absence : record->second.absences()) {
    days.push_back({ToCivilDay(absence.from()), ToCivilDay(absence.to())});
  }
  return days;
}

PersonalClock ClockOf(const Situation& situation, std::string_view person) {
  const v1::Review& review = situation.spec.review();
  const absl::Time open = FromProto(review.open_time());
  const absl::Time end = FromProto(review.window_end());
  const std::vector<DayRange> away = AwayDays(situation.absences, person);
  const auto personal = [&](const google::protobuf::Timestamp& time) {
    const absl::Time due = FromProto(time);
    return std::max(due, std::min(situation.calendar().Postpone(open, due, away), end));
  };
  return {.half = personal(review.half_time()),
          .due = personal(review.due_time()),
          .escalate = personal(review.escalate_time())};
}

}  // namespace gavel
