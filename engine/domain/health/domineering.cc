// Does somebody domineer? Said as shares only: nobody is named.

#include <algorithm>
#include <map>

#include "engine/domain/health/signal.h"

namespace gavel::health {
namespace {

constexpr double kBlocksMostPercent = 40;
constexpr double kNeededMostPercent = 50;
constexpr double kSetAsideMostPercent = 25;
constexpr double kReturnsMost = 2;
constexpr double kHeardGap = 1;

using ByPerson = std::map<PersonNumber, int>;

Figure TopShare(const ByPerson& counts, int all, const Behind& behind) {
  Figure figure{.sample = all, .specs = behind.Take()};
  int most = 0;
  for (const auto& [person, count] : counts) most = std::max(most, count);
  if (all > 0) figure.value = 100.0 * most / all;
  return figure;
}

Figure TopBlocker(const Window& window) {
  ByPerson raised;
  int all = 0;
  Behind behind;
  window.EachSpec([&](const SpecLife& spec) {
    for (const ConcernLife& concern : spec.concerns) {
      if (!window.Contains(concern.blocked)) continue;
      ++raised[concern.raiser];
      ++all;
      behind.Add(spec.key);
    }
  });
  return TopShare(raised, all, behind);
}

Figure TopNeeded(const Window& window) {
  ByPerson needed;
  int approvals = 0;
  Behind behind;
  window.EachDecisionOfPeople([&](const SpecLife& spec, const DecisionLife& decision) {
    if (!decision.approves) return;
    ++approvals;
    for (const PersonNumber person : decision.needed) ++needed[person];
    if (!decision.needed.empty()) behind.Add(spec.key);
  });
  return TopShare(needed, approvals, behind);
}

// Blocks of the span that by its end were overruled or no longer are blocks.
Figure BlocksSetAside(const Window& window) {
  Share share;
  window.EachSpec([&](const SpecLife& spec) {
    for (const ConcernLife& concern : spec.concerns) {
      if (!window.Contains(concern.blocked)) continue;
      share.Add(spec.key, window.Past(concern.overruled) || window.Past(concern.downgraded));
    }
  });
  return share.Percent();
}

// Returns up to the decision, of specs that people decided in the span.
Figure MedianReturns(const Window& window) {
  Spread spread;
  window.EachDecisionOfPeople([&](const SpecLife& spec, const DecisionLife& decision) {
    const auto returns =
        std::count_if(spec.returns.begin(), spec.returns.end(),
                      [&](const Return& back) { return back.time < decision.time; });
    spread.Add(spec.key, static_cast<double>(returns));
  });
  return spread.At(50);
}

// How much less authors feel heard than everybody else, in points.
Figure HeardGap(const Window& window) {
  Figure authors = PulseMean(window, PulseRole::kAuthors, &PulseSum::heard);
  const Figure others = PulseMean(window, PulseRole::kOthers, &PulseSum::heard);
  authors.withheld |= others.withheld;
  authors.sample += others.sample;
  if (authors.value.has_value() && others.value.has_value()) {
    authors.value = *others.value - *authors.value;
  } else {
    authors.value.reset();
  }
  return authors;
}

}  // namespace

Signals DomineeringSignals() {
  return {{"blocks-top-share", "largest share of blocks that one person raised", "%", TopBlocker,
           kBlocksMostPercent, Bound::kAbove, kLeastToJudge},
          {"needed-top-share", "largest share of approvals that hung on one person", "%", TopNeeded,
           kNeededMostPercent, Bound::kAbove, kLeastToJudge},
          {"blocks-set-aside", "share of blocks later overruled or downgraded", "%",
           BlocksSetAside, kSetAsideMostPercent, Bound::kAbove, kLeastToJudge},
          {"returns-p50", "median returns of a spec to its author before a decision", "count",
           MedianReturns, kReturnsMost, Bound::kAbove, kLeastToJudge},
          {"heard-gap", "points that authors' \"heard?\" is below everybody else's", "ratio",
           HeardGap, kHeardGap, Bound::kFrom}};
}

}  // namespace gavel::health
