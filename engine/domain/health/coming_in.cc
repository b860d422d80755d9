// Are specs coming in?

#include <set>

#include "engine/domain/health/signal.h"
#include "fmt/format.h"

namespace gavel::health {
namespace {

Figure Submissions(const Window& window) {
  Counter counter;
  int sample = 0;
  window.EachSpec([&](const SpecLife& spec) {
    if (spec.submissions.empty() || !window.Contains(spec.submissions.front())) return;
    ++sample;
    counter.Add(spec.key);
  });
  return counter.Per(window.span().weeks(), sample);
}

Figure FirstTimeAuthors(const Window& window) {
  Counter counter;
  int sample = 0;
  window.EachSpec([&](const SpecLife& spec) {
    if (spec.submissions.empty() || !window.Contains(spec.submissions.front())) return;
    ++sample;
    if (spec.first_time_authors > 0) counter.Add(spec.key, spec.first_time_authors);
  });
  return counter.Count(sample);
}

Figure DraftDropOff(const Window& window) {
  Share share;
  window.EachSpec([&](const SpecLife& spec) {
    if (window.Contains(spec.created)) share.Add(spec.key, !spec.submitted_by(window.span().to));
  });
  return share.Percent();
}

Figure Returned(const Window& window) {
  Counter counter;
  int submissions = 0;
  window.EachSpec([&](const SpecLife& spec) {
    for (const absl::Time time : spec.submissions) submissions += window.Contains(time) ? 1 : 0;
    for (const Return& back : spec.returns) {
      if (back.by_rules && window.Contains(back.time)) counter.Add(spec.key, 100);
    }
  });
  return counter.Per(submissions, submissions);
}

Figure ReturnedFor(const Window& window, const std::string& code) {
  Counter counter;
  int returns = 0;
  window.EachSpec([&](const SpecLife& spec) {
    for (const Return& back : spec.returns) {
      if (!back.by_rules || !window.Contains(back.time)) continue;
      ++returns;
      if (back.codes.count(code) > 0) counter.Add(spec.key);
    }
  });
  return counter.Count(returns);
}

std::set<std::string> CodesIn(const Window& window) {
  std::set<std::string> codes;
  window.EachSpec([&](const SpecLife& spec) {
    for (const Return& back : spec.returns) {
      if (window.Contains(back.time)) codes.insert(back.codes.begin(), back.codes.end());
    }
  });
  return codes;
}

}  // namespace

Signals ComingInSignals(const Window& window) {
  Signals signals = {
      {"submissions", "specs submitted for the first time", "per week", Submissions},
      {"first-time-authors", "authors of a first spec", "count", FirstTimeAuthors},
      {"draft-drop-off", "share of drafts begun and not submitted by the end of the span", "%",
       DraftDropOff},
      {"returned", "share of submissions that the rules sent back to their author", "%", Returned}};
  for (const std::string& code : CodesIn(window)) {
    signals.push_back({fmt::format("returned-{}", code), fmt::format("returns with {}", code),
                       "count", [code](const Window& w) { return ReturnedFor(w, code); }});
  }
  return signals;
}

}  // namespace gavel::health
