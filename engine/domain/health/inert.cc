// Is it a ritual without effect?

#include <algorithm>
#include <map>
#include <vector>

#include "engine/domain/health/signal.h"

namespace gavel::health {
namespace {

constexpr double kCancelledRunning = 4;
constexpr double kSilentMostPercent = 70;
constexpr double kNone = 0;
constexpr double kSponsorLeastPercent = 50;
constexpr absl::Duration kYear = absl::Hours(24 * 365);

// The newest occurrences that were held or called off by the end of the span, of one area, back to
// the last one that was held.
Figure CancelledRunning(const Window& window) {
  std::map<std::string, std::vector<const MeetingLife*>> by_area;
  window.EachMeeting([&](const MeetingLife& meeting) {
    const bool over = window.Past(meeting.closed) || window.Past(meeting.cancelled);
    if (over && !meeting.taken_off) by_area[meeting.area].push_back(&meeting);
  });
  Figure longest{.value = 0};
  for (auto& [area, meetings] : by_area) {
    std::sort(meetings.begin(), meetings.end(),
              [](const auto* a, const auto* b) { return a->start > b->start; });
    Figure running{.value = 0};
    for (const MeetingLife* meeting : meetings) {
      if (!window.Past(meeting->cancelled)) break;
      running.meetings.push_back(meeting->id);
    }
    running.value = static_cast<double>(running.meetings.size());
    running.sample = static_cast<int>(running.meetings.size());
    if (*running.value > *longest.value) longest = std::move(running);
  }
  if (longest.meetings.size() > kMostBehind) longest.meetings.resize(kMostBehind);
  return longest;
}

Figure SilentApprovals(const Window& window) {
  Share share;
  window.EachDecisionOfPeople([&](const SpecLife& spec, const DecisionLife& decision) {
    if (decision.approves) share.Add(spec.key, decision.silent);
  });
  return share.Percent();
}

Figure EmptyRationales(const Window& window) {
  Counter counter;
  int decisions = 0;
  window.EachDecisionOfPeople([&](const SpecLife& spec, const DecisionLife& decision) {
    ++decisions;
    if (!decision.has_rationale) counter.Add(spec.key);
  });
  return counter.Count(decisions);
}

// Of the conditions whose first day passed in the span, those that nobody met or moved by its end.
Figure NeverChecked(const Window& window) {
  Counter counter;
  int due = 0;
  window.EachSpec([&](const SpecLife& spec) {
    for (const ConditionLife& condition : spec.conditions) {
      if (condition.due.empty()) continue;
      if (!window.Contains(window.EndOfDay(spec.area, condition.due.front().second))) continue;
      ++due;
      const bool moved = condition.due.size() > 1 && window.Past(condition.due[1].first);
      if (!moved && !window.Past(condition.met)) counter.Add(spec.key);
    }
  });
  return counter.Count(due);
}

// Of people's decisions that became a year old in the span, those that no later spec had named.
Figure NeverCited(const Window& window) {
  Share share;
  window.EachSpec([&](const SpecLife& spec) {
    for (const DecisionLife& decision : spec.decisions) {
      const absl::Time year_old = decision.time + kYear;
      const bool by_people = decision.authority != v1::Decision::AUTHORITY_RULE;
      if (!by_people || decision.undone != kNever || !window.Contains(year_old)) continue;
      const bool cited =
          std::any_of(spec.cited_by.begin(), spec.cited_by.end(), [&](const auto& entry) {
            return decision.time <= entry.second && entry.second < year_old;
          });
      share.Add(spec.key, !cited);
    }
  });
  return share.Percent();
}

Figure SecondContinue(const Window& window) {
  Counter counter;
  int continued = 0;
  window.EachSpec([&](const SpecLife& spec) {
    int so_far = 0;
    for (const Undoable& wish : spec.continued) {
      if (window.Past(wish.undone) || !window.Past(wish.time)) continue;
      ++so_far;
      if (!window.Contains(wish.time)) continue;
      ++continued;
      if (so_far > 1) counter.Add(spec.key);
    }
  });
  return counter.Count(continued);
}

Figure SponsorAttendance(const Window& window) {
  Counter there;
  int held = 0;
  window.EachHeld([&](const MeetingLife& meeting) {
    if (meeting.seats.empty()) return;
    ++held;
    const bool came =
        std::any_of(meeting.seats.begin(), meeting.seats.end(), [&](const Seat& seat) {
          return seat.role == "sponsor" || window.Sponsors(meeting.area, seat.person);
        });
    if (came) there.Add(meeting.id, 100);
  });
  return OfMeetings(there.Per(held, held));
}

}  // namespace

Signals InertSignals() {
  return {
      {"cancelled-running", "meetings cancelled one after the other", "count", CancelledRunning,
       kCancelledRunning, Bound::kFrom},
      {"silent-approvals", "share of people's approvals with no concern and no comment", "%",
       SilentApprovals, kSilentMostPercent, Bound::kAbove, kLeastToJudge},
      {"empty-rationales", "decisions that do not say why", "count", EmptyRationales, kNone},
      {"conditions-unchecked", "conditions whose day passed and that nobody met or moved", "count",
       NeverChecked, kNone},
      {"never-cited", "share of decisions a year old that no later spec names", "%", NeverCited},
      {"second-continue", "items that a meeting wanted to continue a second time", "count",
       SecondContinue, kNone},
      {"sponsor-attendance", "share of meetings held that the sponsor or deputy came to", "%",
       SponsorAttendance, kSponsorLeastPercent, Bound::kBelow, kLeastToJudge}};
}

}  // namespace gavel::health
