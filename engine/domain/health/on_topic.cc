// Do meetings stay on topic?

#include <map>

#include "engine/domain/health/signal.h"

namespace gavel::health {
namespace {

Figure OffTopic(const Window& window) {
  Counter counter;
  int held = 0;
  window.EachHeld([&](const MeetingLife& meeting) {
    ++held;
    if (meeting.off_topic > 0) counter.Add(meeting.id, meeting.off_topic);
  });
  return OfMeetings(counter.Per(held, held));
}

// Of the items opened, those that took longer than their timebox or than the meeting.
Figure Overruns(const Window& window) {
  Share share;
  window.EachHeld([&](const MeetingLife& meeting) {
    for (const ItemLife& item : meeting.items) {
      if (item.opened == kNever) continue;
      const absl::Duration taken = item.ended - item.opened;
      const bool late = item.ended != kNever && taken > absl::Minutes(item.timebox_minutes);
      share.Add(item.spec, item.overran || late);
    }
  });
  return share.Percent();
}

// As many people as if all had raised the same number: 1 / sum of squared shares.
Figure SpreadOfConcerns(const Window& window) {
  std::map<PersonNumber, double> raised;
  double all = 0;
  Behind behind;
  window.EachSpec([&](const SpecLife& spec) {
    for (const ConcernLife& concern : spec.concerns) {
      if (!window.Contains(concern.raised)) continue;
      ++raised[concern.raiser];
      ++all;
      behind.Add(spec.key);
    }
  });
  Figure figure{.sample = static_cast<int>(all), .specs = behind.Take()};
  double squares = 0;
  for (const auto& [person, count] : raised) squares += count / all * (count / all);
  if (all > 0) figure.value = 1 / squares;
  return figure;
}

Figure NotInTheLog(const Window&) { return {}; }

}  // namespace

Signals OnTopicSignals() {
  return {{"off-topic-marks", "off-topic marks per meeting", "ratio", OffTopic},
          {"overruns", "share of items that took longer than their timebox", "%", Overruns},
          {"talk-spread",
           "spread of talk: cannot be told, the log does not hold who speaks for how long",
           "count", NotInTheLog},
          {"concern-spread", "people that concerns come from, as if each raised equally many",
           "count", SpreadOfConcerns}};
}

}  // namespace gavel::health
