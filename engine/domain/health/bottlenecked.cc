// Is the review a bottleneck?

#include "engine/domain/health/signal.h"

namespace gavel::health {
namespace {

constexpr double kWeeksRunning = 4;
constexpr double kOccurrencesMost = 2;
constexpr double kLapsesMostPercent = 15;
constexpr absl::Duration kWeek = absl::Hours(7 * 24);
constexpr int kWeeksLookedBack = 52;

struct WeekBalance {
  int arrivals = 0;
  int decisions = 0;
};

// Weeks back from the end of the span, the newest first.
std::vector<WeekBalance> Balances(const Window& window) {
  std::vector<WeekBalance> weeks(kWeeksLookedBack);
  const auto week_of = [&](absl::Time time) -> WeekBalance* {
    if (!window.Past(time)) return nullptr;
    absl::Duration rest;
    const auto back = absl::IDivDuration(window.span().to - time, kWeek, &rest);
    // A week ends without its last moment, which is the next one's first.
    const auto week = static_cast<size_t>(rest == absl::ZeroDuration() ? back - 1 : back);
    return week < weeks.size() ? &weeks[week] : nullptr;
  };
  window.EachSpec([&](const SpecLife& spec) {
    if (!spec.submissions.empty()) {
      if (WeekBalance* week = week_of(spec.submissions.front())) ++week->arrivals;
    }
    for (const DecisionLife& decision : spec.decisions) {
      if (window.Past(decision.undone)) continue;
      if (WeekBalance* week = week_of(decision.time)) ++week->decisions;
    }
  });
  return weeks;
}

Figure WeeksOfMoreArrivals(const Window& window) {
  int running = 0;
  for (const WeekBalance& week : Balances(window)) {
    if (week.arrivals <= week.decisions) break;
    ++running;
  }
  Counter counter;
  const absl::Time since = window.span().to - running * kWeek;
  window.EachSpec([&](const SpecLife& spec) {
    if (spec.submissions.empty() || spec.submissions.front() < since) return;
    if (window.Past(spec.submissions.front())) counter.Add(spec.key);
  });
  Figure figure = counter.Count(static_cast<int>(counter.total()));
  figure.value = running;
  return figure;
}

// Meetings that a spec waited for until it was opened, that one included.
Figure RoomWaitP90(const Window& window) {
  Spread spread;
  window.EachSpec([&](const SpecLife& spec) {
    for (const RoomWait& wait : spec.waits) {
      if (!wait.reached || !window.Contains(wait.end)) continue;
      spread.Add(spec.key, window.Occurrences(spec.area, wait.since, wait.end));
    }
  });
  return spread.At(90);
}

Figure Lapses(const Window& window) {
  Counter counter;
  int asked = 0;
  window.EachSpec([&](const SpecLife& spec) {
    for (const auto& [person, time] : spec.answered) asked += window.Contains(time) ? 1 : 0;
    for (const absl::Time time : spec.lapses) {
      if (!window.Contains(time)) continue;
      ++asked;
      counter.Add(spec.key, 100);
    }
  });
  return counter.Per(asked, asked);
}

}  // namespace

Signals BottleneckedSignals() {
  return {{"arrivals-above-decisions", "weeks running with more specs submitted than decided",
           "weeks", WeeksOfMoreArrivals, kWeeksRunning, Bound::kFrom},
          {"room-wait-p90", "meetings until nine of ten specs had the room", "count", RoomWaitP90,
           kOccurrencesMost, Bound::kAbove, kLeastToJudge},
          RequestedToUsable(),
          {"lapses", "share of positions asked for that lapsed in silence", "%", Lapses,
           kLapsesMostPercent, Bound::kAbove, kLeastToJudge},
          TopNearMiss()};
}

}  // namespace gavel::health
