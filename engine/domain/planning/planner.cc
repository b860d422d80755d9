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
    Fill(RankEligible());
    NameSharedPlaces();
    ChooseStandBy();
    Finish();
    return std::move(plan_);
  }

 private:
  const MeetingTerms& meeting() const { return input_.meeting; }

  void PlacePinned() {
    for (const QueueItem& item : input_.pinned) {
      NotePlaced(capacity_.Add(item));
      plan_.requested_minutes += TimeboxMinutes(item, meeting().timebox);
    }
  }

  std::vector<RankedItem> RankEligible() {
    std::vector<const QueueItem*> eligible;
    for (const QueueItem& item : input_.queue) {
      const Eligibility check = CheckEligible(item, meeting(), calendar_, input_.now);
      if (check.eligible()) {
        eligible.push_back(&item);
        plan_.requested_minutes += TimeboxMinutes(item, meeting().timebox);
      } else {
        NoteIneligible(item, check);
      }
    }
    plan_.ordered = static_cast<int>(eligible.size());
    const RankContext context{.reserved = input_.reservation,
                              .usable_minutes = meeting().usable_minutes,
                              .timebox = meeting().timebox,
                              .numbers = meeting().order};
    return Rank(eligible, context, calendar_, input_.now);
  }

  // Greedy: smaller specs may fill in behind the first that does not fit, which is served first
  // next time.
  void Fill(const std::vector<RankedItem>& ranked) {
    int position = 0;
    for (const RankedItem& candidate : ranked) {
      ++position;
      const QueueItem& item = *candidate.item;
      if (const std::optional<Placement> placement = capacity_.TryAdd(item)) {
        NotePlaced(*placement);
        picked_.push_back(&item);
        plan_.picks.push_back({.key = item.key,
                               .order_class = candidate.order_class,
                               .placement = *placement,
                               .position = position,
                               .reason = OrderText(candidate),
                               .joint_areas = item.joint_areas});
      } else {
        NotePassedOver(item, position);
      }
    }
  }

  // The first spec of a place learns only now that others joined it.
  void NameSharedPlaces() {
    for (std::size_t i = 0; i < plan_.picks.size(); ++i) {
      Placement& placement = plan_.picks[i].placement;
      if (capacity_.SpecsAt(placement.place) > 1) placement.cluster = picked_[i]->cluster;
    }
  }

  // The first spec left out that fits the packet and the place of the longest spec picked: it can
  // then stand in for at least one no-go.
  void ChooseStandBy() {
    for (const QueueItem* item : left_out_) {
      if (item->words > capacity_.words_left()) continue;
      const int minutes = TimeboxMinutes(*item, meeting().timebox);
      if (minutes > capacity_.minutes_left() + longest_slot_) continue;
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
    if (!meeting().dedicated_to.empty()) plan_.reservation = KeptReservation();
    plan_.agenda_minutes = capacity_.minutes();
    plan_.usable_minutes = meeting().usable_minutes;
    plan_.words = capacity_.words() + stand_by_words_;
  }

  // What the last weekly meeting promised is still owed after a session for others.
  std::string KeptReservation() const {
    const bool served = std::any_of(
        plan_.picks.begin(), plan_.picks.end(),
        [this](const Pick& pick) { return pick.key == input_.reservation; });
    return served ? "" : input_.reservation;
  }

  void NotePlaced(const Placement& placement) {
    if (!placement.quick) longest_slot_ = std::max(longest_slot_, placement.minutes);
  }

  void NoteIneligible(const QueueItem& item, const Eligibility& check) {
    NotPicked& rest = plan_.not_picked.emplace_back();
    rest.key = item.key;
    rest.reason = check.Reason();
    if (IsDedicatedToOthers(meeting(), item.key)) return;
    rest.fault = check.fault();
    if (check.Has(ObstacleKind::kOwnSessionNeeded)) plan_.own_session.push_back(item.key);
  }

  void NotePassedOver(const QueueItem& item, int position) {
    if (plan_.reservation.empty()) plan_.reservation = item.key;
    if (item.passed_over + 1 == meeting().order.overdue_after) {
      plan_.extra_session.push_back(item.key);
    }
    plan_.not_picked.push_back({.key = item.key,
                                .passed_over = true,
                                .fault = std::nullopt,
                                .reason = capacity_.WhyNot(item),
                                .position = position});
    left_out_.push_back(&item);
  }

  const PlanInput& input_;
  const BusinessCalendar& calendar_;
  AgendaCapacity capacity_;
  AgendaPlan plan_;
  std::vector<const QueueItem*> picked_;    // Those of `plan_.picks`.
  std::vector<const QueueItem*> left_out_;  // Eligible, best first.
  int longest_slot_ = 0;
  int stand_by_words_ = 0;
};

}  // namespace

AgendaPlan PlanMeeting(const PlanInput& input, const BusinessCalendar& calendar) {
  return Planning(input, calendar).Run();
}

}  // namespace gavel
