#include "engine/domain/ladder.h"

#include <algorithm>
#include <set>

#include "engine/base/contains.h"
#include "engine/domain/attention.h"
#include "engine/domain/decision.h"
#include "engine/domain/fold_person.h"
#include "engine/domain/names.h"
#include "engine/domain/planning/civil_date.h"
#include "engine/domain/review_clock.h"

namespace gavel {
namespace {

// Builds a ladder upwards, from its first rung on: what lies before that is left out, so that
// somebody who is asked late begins with "your turn"; and a later step that comes no later than an
// earlier one takes its place.
class Builder {
 public:
  explicit Builder(absl::Time since) : since_(since) {}

  // Said once for as long as the turn lasts.
  void Once(std::string_view step, absl::Time time, bool direct) {
    Add(step, time, direct, since_);
  }

  // Said once for its time: when the deadline moves away it is said again at the new one.
  void At(std::string_view step, absl::Time time, bool direct) { Add(step, time, direct, time); }

  std::vector<Rung> Take() { return std::move(rungs_); }

 private:
  void Add(std::string_view step, absl::Time time, bool direct, absl::Time fresh_since) {
    // Timers count microseconds; a rung between two of them is reached at the later one.
    const absl::Time whole = absl::FromUnixMicros(absl::ToUnixMicros(time));
    if (whole < time) time = whole + absl::Microseconds(1);
    if (time < since_ || (!rungs_.empty() && time <= rungs_.front().time)) return;
    while (rungs_.size() > 1 && rungs_.back().time >= time) rungs_.pop_back();
    rungs_.push_back({step, time, direct, std::min(fresh_since, time)});
  }

  const absl::Time since_;
  std::vector<Rung> rungs_;
};

void ClimbPosition(const Situation& situation, std::string_view person, Builder& ladder) {
  const PersonalClock clock = ClockOf(situation, person);
  const BusinessCalendar& calendar = situation.calendar();
  ladder.Once(step::kHalfTime, clock.half, false);
  // The whole day of the deadline is its due day; the one before it where that became a holiday.
  absl::CivilDay day = calendar.DayOf(clock.due);
  while (!calendar.IsBusinessDay(day)) --day;
  ladder.At(step::kDue, calendar.Opening(day), true);
  // At the window's end it is over, not late.
  if (clock.escalate < FromProto(situation.spec.review().window_end())) {
    ladder.At(step::kLate, clock.escalate, true);
  }
}

void ClimbConditions(const Situation& situation, const std::string& owner, Builder& ladder) {
  const v1::Decision* decision = InForce(situation.spec);
  if (decision == nullptr) return;
  std::set<absl::Time> days;
  for (const v1::Condition& condition : decision->conditions()) {
    if (condition.has_met_time() || condition.owner() != owner) continue;
    days.insert(situation.calendar().Opening(ToCivilDay(condition.due())));
  }
  for (const absl::Time day : days) ladder.At(step::kCondition, day, true);
}

std::vector<Rung> LadderOf(const Situation& situation, const v1::Attention& entry,
                           std::string_view person) {
  const absl::Time since = FromProto(entry.since_time());
  Builder ladder(since);
  const Task task = TaskOf(situation.spec, entry);
  switch (task) {
    case Task::kSubmit:
    case Task::kRecordOutcome:
      break;
    case Task::kPressForLate:
      ladder.Once(step::kLate, since, true);
      break;
    case Task::kSeeWindowEnd:
      ladder.Once(step::kLapsed, since, true);
      break;
    case Task::kAwait:
      ladder.At(step::kRemind, DueOf(situation, entry, person), true);
      break;
    default:
      ladder.Once(step::kTurn, since, true);
  }
  if (task == Task::kTakePosition) ClimbPosition(situation, person, ladder);
  if (task == Task::kMeetCondition) ClimbConditions(situation, entry.person(), ladder);
  if (task == Task::kRevise) {
    for (const int days : situation.settings().remind_author_days()) {
      ladder.At(step::kRemind, since + absl::Hours(24 * days), false);
    }
  }
  return ladder.Take();
}

bool WasSaid(const OpenItem& item, size_t rung, const v1::PersonRecord& person) {
  for (size_t i = rung; i < item.ladder.size(); ++i) {
    const std::string key = SaidKey(item.spec, item.ladder[i].step);
    for (const v1::Reminder& said : person.said()) {
      if (said.kind() == key && FromProto(said.due_time()) >= item.ladder[rung].fresh_since) {
        return true;
      }
    }
  }
  return false;
}

}  // namespace

std::vector<OpenItem> OpenItemsOf(const Situation& situation, std::string_view person) {
  std::vector<OpenItem> items;
  const v1::Spec& spec = situation.spec;
  for (const v1::Attention& entry : spec.attention()) {
    if (!Contains(PeopleBehind(situation, entry), person)) continue;
    items.push_back({.spec = spec.key(),
                     .title = spec.title(),
                     .text = entry.reason(),
                     .since = FromProto(entry.since_time()),
                     .due = DueOf(situation, entry, person),
                     .ladder = LadderOf(situation, entry, person)});
  }
  return items;
}

std::optional<Rung> UnsaidRung(const OpenItem& item, const v1::PersonRecord& person,
                               absl::Time now) {
  size_t reached = 0;
  while (reached < item.ladder.size() && item.ladder[reached].time <= now) ++reached;
  if (reached == 0) return std::nullopt;
  const Rung& rung = item.ladder[reached - 1];
  const bool forgotten = rung.time + kSaidMemory <= now;
  if (forgotten || WasSaid(item, reached - 1, person)) return std::nullopt;
  return rung;
}

std::optional<Rung> NextRung(const OpenItem& item, absl::Time now) {
  for (const Rung& rung : item.ladder) {
    if (rung.time > now) return rung;
  }
  return std::nullopt;
}

}  // namespace gavel
