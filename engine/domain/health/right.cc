// Are the decisions right?

#include <algorithm>

#include "engine/domain/health/signal.h"

namespace gavel::health {
namespace {

constexpr absl::Duration kSoon = absl::Hours(24 * 90);

int DecisionsIn(const Window& window) {
  int decisions = 0;
  window.EachDecision([&](const SpecLife&, const DecisionLife&) { ++decisions; });
  return decisions;
}

// How often something happened, beside the decisions of the span.
template <typename Times>
Figure Happened(const Window& window, Times times) {
  Counter counter;
  window.EachSpec([&](const SpecLife& spec) {
    for (const absl::Time time : times(spec)) {
      if (window.Contains(time)) counter.Add(spec.key);
    }
  });
  return counter.Count(DecisionsIn(window));
}

Figure Reopened(const Window& window) {
  return Happened(window, [](const SpecLife& spec) { return spec.reopened; });
}

Figure Contested(const Window& window) {
  return Happened(window, [](const SpecLife& spec) { return spec.contested; });
}

bool WasDecidedWithin(const SpecLife& spec, absl::Time time, absl::Duration before) {
  return std::any_of(spec.decisions.begin(), spec.decisions.end(), [&](const auto& decision) {
    return decision.time < time && time - decision.time <= before && decision.undone == kNever;
  });
}

Figure SupersededSoon(const Window& window) {
  return Happened(window, [](const SpecLife& spec) {
    std::vector<absl::Time> times;
    if (WasDecidedWithin(spec, spec.superseded, kSoon)) times.push_back(spec.superseded);
    return times;
  });
}

const DecisionLife* DecisionOf(const SpecLife& spec, const ConditionLife& condition) {
  for (const DecisionLife& decision : spec.decisions) {
    if (decision.id == condition.decision) return &decision;
  }
  return nullptr;
}

// In force at a moment: made, not replaced or void, not stayed.
bool Holds(const DecisionLife& decision, absl::Time time) {
  const bool stayed = std::any_of(decision.stays.begin(), decision.stays.end(), [&](const Stay& s) {
    return s.from < time && time <= s.to;
  });
  return decision.time < time && time <= decision.void_from && !stayed;
}

// Among the conditions that hold at the end of the span, those past their day and not met.
Figure ConditionsUnmet(const Window& window) {
  Counter counter;
  int open = 0;
  const absl::Time end = window.span().to;
  window.EachSpec([&](const SpecLife& spec) {
    for (const ConditionLife& condition : spec.conditions) {
      const DecisionLife* decision = DecisionOf(spec, condition);
      if (decision == nullptr || !Holds(*decision, end) || condition.met < end) continue;
      ++open;
      absl::Time due = kNever;
      for (const auto& [since, day] : condition.due) {
        if (since < end) due = window.EndOfDay(spec.area, day);
      }
      if (due <= end) counter.Add(spec.key);
    }
  });
  return counter.Count(open);
}

// Something that says the decision made after an overruled block was wrong.
bool DoubtedIn(const Window& window, const SpecLife& spec, absl::Time since) {
  const auto later = [&](absl::Time time) { return time > since && window.Contains(time); };
  return later(spec.superseded) || std::any_of(spec.reopened.begin(), spec.reopened.end(), later) ||
         std::any_of(spec.contested.begin(), spec.contested.end(), later);
}

Figure OverruledAndRight(const Window& window) {
  Counter counter;
  int overruled = 0;
  window.EachSpec([&](const SpecLife& spec) {
    for (const ConcernLife& concern : spec.concerns) {
      if (!window.Past(concern.overruled)) continue;
      ++overruled;
      if (DoubtedIn(window, spec, concern.overruled)) counter.Add(spec.key);
    }
  });
  return counter.Count(overruled);
}

Figure FailedAudits(const Window& window) {
  Counter counter;
  int audits = 0;
  window.EachSpec([&](const SpecLife& spec) {
    for (const Check& audit : spec.audits) {
      if (!window.Contains(audit.time)) continue;
      ++audits;
      if (!audit.fine) counter.Add(spec.key);
    }
  });
  return counter.Count(audits);
}

// Later specs that name a decided one.
Figure Citations(const Window& window) {
  Counter counter;
  int citations = 0;
  window.EachSpec([&](const SpecLife& spec) {
    if (spec.decisions.empty()) return;
    for (const auto& [by, time] : spec.cited_by) {
      if (!window.Contains(time) || time < spec.decisions.front().time) continue;
      ++citations;
      counter.Add(spec.key);
    }
  });
  return counter.Count(citations);
}

}  // namespace

Signals RightSignals() {
  return {{"reopened", "decisions reopened", "count", Reopened},
          {"contested", "decisions contested", "count", Contested},
          {"superseded-soon", "decisions superseded within 90 days", "count", SupersededSoon},
          {"conditions-unmet", "conditions past their day and not met", "count", ConditionsUnmet},
          {"overruled-and-right",
           "blocks overruled whose decision was reopened, contested or superseded", "count",
           OverruledAndRight},
          {"failed-audits", "automatic approvals that an audit found wrong", "count", FailedAudits},
          {"citations", "times a later spec names a decided one", "count", Citations}};
}

}  // namespace gavel::health
