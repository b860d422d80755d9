#include "engine/simulation/script.h"

#include <algorithm>
#include <map>

namespace gavel::simulation {
namespace {

using Events = std::vector<const HistoryEvent*>;

Step StepAt(const HistoryEvent& event, Step::Kind kind, Verdict verdict = Verdict::kNone) {
  return {kind, event.at, event.line, verdict};
}

// The decision that answers the review which ended at `index`; null where something else came
// first.
const HistoryEvent* AnswerTo(const Events& events, size_t index) {
  if (index + 1 == events.size()) return nullptr;
  const HistoryEvent* const next = events[index + 1];
  return next->kind == EventKind::kDecided ? next : nullptr;
}

std::vector<Step> StepsOf(const Events& events, bool has_reviews) {
  std::vector<Step> steps;
  const HistoryEvent* answer = nullptr;  // Taken into the round before it.
  for (size_t i = 0; i < events.size(); ++i) {
    const HistoryEvent& event = *events[i];
    switch (event.kind) {
      case EventKind::kSubmitted:
        steps.push_back(StepAt(event, i == 0 ? Step::Kind::kRegister : Step::Kind::kReturn));
        break;
      case EventKind::kReviewStarted:
        break;  // People read a draft; the room hears of it when they are done.
      case EventKind::kReviewEnded:
        answer = AnswerTo(events, i);
        steps.push_back(StepAt(event, Step::Kind::kRound,
                               answer == nullptr ? Verdict::kNone : answer->verdict));
        break;
      case EventKind::kDecided:
        if (&event == answer) break;
        steps.push_back(
            StepAt(event, has_reviews ? Step::Kind::kDecide : Step::Kind::kRound, event.verdict));
        break;
      case EventKind::kWithdrawn:
        steps.push_back(StepAt(event, Step::Kind::kWithdraw));
        break;
      case EventKind::kSuperseded:
        steps.push_back(StepAt(event, Step::Kind::kSupersede));
        break;
    }
  }
  return steps;
}

}  // namespace

std::vector<Script> ScriptsOf(const History& history, const Period& period) {
  const absl::TimeZone utc = absl::UTCTimeZone();
  const absl::Time from =
      period.from.has_value() ? absl::FromCivil(*period.from, utc) : absl::InfinitePast();
  const absl::Time end =
      period.to.has_value() ? absl::FromCivil(*period.to + 1, utc) : absl::InfiniteFuture();
  const bool has_reviews =
      std::any_of(history.events.begin(), history.events.end(),
                  [](const auto& event) { return event.kind == EventKind::kReviewEnded; });

  std::vector<std::string> order;
  std::map<std::string, Events> by_spec;
  for (const HistoryEvent& event : history.events) {
    if (event.at >= end) break;
    Events& events = by_spec[event.spec];
    if (events.empty()) order.push_back(event.spec);
    events.push_back(&event);
  }
  std::vector<Script> scripts;
  for (const std::string& spec : order) {
    const Events& events = by_spec[spec];
    if (events.front()->at < from) continue;
    scripts.push_back({spec, events.front()->title, StepsOf(events, has_reviews)});
  }
  return scripts;
}

}  // namespace gavel::simulation
