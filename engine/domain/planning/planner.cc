#include "engine/domain/planning/planner.h"

#include <algorithm>
#include <utility>

#include "engine/domain/planning/weight.h"

namespace gavel {
namespace {

// One run of the planner: sort out who is eligible, fill, then name the stand-by.
class Planning {
 public:
  Planning(const PlanInput& input, const BusinessCalendar& calendar)
      : input_(input), calendar_(calendar), capacity_(input.meeting) {}

  AgendaPlan Run() {
    PlacePinned();
    const std::vector<RankedItem> ranked = RankEligible();
    Fill(ranked);
    ChooseStandBy();
    Finish();
    return std::move(plan_);
  }

 private:
  void PlacePinned() {
    for (const QueueItem& item : input_.pinned) {
      NotePlaced(capacity_.Add(item));
      plan_.requested_minutes += TimeboxMinutes(item);
    }
  }

  std::vector<RankedItem> RankEligible() {
    std::vector<const QueueItem*> eligible;
    for (const QueueItem& item : input_.queue) {
      const Eligibility check = CheckEligible(item, input_.meeting, calendar_, input_.now);
      if (check.eligible()) {
        eligible.push_back(&item);
        plan_.requested_minutes += TimeboxMinutes(item);
      } else {
        NoteIneligible(item, check);
      }
    }
    const RankContext context{.reserved = input_.reservation,
                              .usable_minutes = input_.meeting.usable_minutes};
    return Rank(eligible, context, calendar_, input_.now);
  }

  // Greedy: smaller specs may fill in behind the first that does not fit, which is served first
  // next time.
  void Fill(const std::vector<RankedItem>& ranked) {
    for (const RankedItem& candidate : ranked) {
      const QueueItem& item = *candidate.item;
      if (const std::optional<Placement> placement = capacity_.TryAdd(item)) {
        NotePlaced(*placement);
        plan_.picks.push_back({item.key, candidate.order_class, *placement});
      } else {
        NotePassedOver(item, capacity_.WhyNot(item));
      }
    }
  }

  // The first spec left out that fits the packet and the place of the longest spec picked: it can
  // then stand in for at least one no-go.
  void ChooseStandBy() {
    for (const QueueItem* item : left_out_) {
      if (item->words > capacity_.words_left()) continue;
      if (TimeboxMinutes(*item) > capacity_.minutes_left() + longest_slot_) continue;
      plan_.stand_by = item->key;
      stand_by_words_ = item->words;
      return;
    }
  }

  void Finish() {
    std::sort(plan_.not_picked.begin(), plan_.not_picked.end(),
              [](const NotPicked& a, const NotPicked& b) { return a.key < b.key; });
    std::sort(plan_.own_session.begin(), plan_.own_session.end());
    std::sort(plan_.extra_session.begin(), plan_.extra_session.end());
    plan_.agenda_minutes = capacity_.minutes();
    plan_.usable_minutes = input_.meeting.usable_minutes;
    plan_.words = capacity_.words() + stand_by_words_;
  }

  void NotePlaced(const Placement& placement) {
    if (!placement.quick) longest_slot_ = std::max(longest_slot_, placement.minutes);
  }

  void NoteIneligible(const QueueItem& item, const Eligibility& check) {
    plan_.not_picked.push_back(
        {.key = item.key, .passed_over = false, .fault = check.fault(), .reason = check.Reason()});
    if (check.Has(ObstacleKind::kOwnSessionNeeded)) plan_.own_session.push_back(item.key);
  }

  void NotePassedOver(const QueueItem& item, std::string reason) {
    if (plan_.reservation.empty()) plan_.reservation = item.key;
    if (item.passed_over + 1 == kOverduePassOvers) plan_.extra_session.push_back(item.key);
    plan_.not_picked.push_back(
        {.key = item.key, .passed_over = true, .fault = std::nullopt, .reason = std::move(reason)});
    left_out_.push_back(&item);
  }

  const PlanInput& input_;
  const BusinessCalendar& calendar_;
  AgendaCapacity capacity_;
  AgendaPlan plan_;
  std::vector<const QueueItem*> left_out_;  // Eligible, best first.
  int longest_slot_ = 0;
  int stand_by_words_ = 0;
};

}  // namespace

AgendaPlan PlanMeeting(const PlanInput& input, const BusinessCalendar& calendar) {
  return Planning(input, calendar).Run();
}

}  // namespace gavel
