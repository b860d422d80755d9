// Too many, slowing people?

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>

#include "engine/domain/health/signal.h"
#include "fmt/format.h"

namespace gavel::health {
namespace {

constexpr double kRequestedToUsableMost = 1.2;
constexpr double kNearMissMostPercent = 20;

bool IsMinutes(v1::Spec::State state) { return state == v1::Spec::STATE_IN_MEETING; }

// Of the stays that ended in the span; in a meeting minutes count.
Figure WaitIn(const Window& window, v1::Spec::State state, int percent) {
  Spread spread;
  window.EachSpec([&](const SpecLife& spec) {
    for (const Visit& visit : spec.visits) {
      if (visit.state != state || !window.Contains(visit.leave)) continue;
      spread.Add(spec.key, IsMinutes(state)
                               ? absl::ToDoubleMinutes(visit.leave - visit.enter)
                               : window.BusinessDays(spec.area, visit.enter, visit.leave));
    }
  });
  return spread.At(percent);
}

Figure FirstPosition(const Window& window, int percent) {
  Spread spread;
  window.EachSpec([&](const SpecLife& spec) {
    if (!window.Contains(spec.first_position) || spec.review_opened > spec.first_position) return;
    spread.Add(spec.key, window.ReviewDays(spec, spec.review_opened, spec.first_position));
  });
  return spread.At(percent);
}

// The first submission after the decision before; nothing where a decision needed none.
std::optional<absl::Time> SubmittedFor(const SpecLife& spec, const DecisionLife& decision) {
  absl::Time before = absl::InfinitePast();
  for (const DecisionLife& other : spec.decisions) {
    if (other.time < decision.time) before = std::max(before, other.time);
  }
  for (const absl::Time time : spec.submissions) {
    if (time > before && time <= decision.time) return time;
  }
  return std::nullopt;
}

Figure ToDecision(const Window& window, int percent) {
  Spread spread;
  window.EachDecisionOfPeople([&](const SpecLife& spec, const DecisionLife& decision) {
    const auto submitted = SubmittedFor(spec, decision);
    if (!submitted.has_value()) return;
    spread.Add(spec.key, window.ReviewDays(spec, *submitted, decision.time));
  });
  return spread.At(percent);
}

Figure Requested(const Window& window) {
  double requested = 0;
  double usable = 0;
  int agendas = 0;
  Behind behind;
  window.EachMeeting([&](const MeetingLife& meeting) {
    if (!window.Contains(meeting.planned)) return;
    ++agendas;
    requested += meeting.requested_minutes;
    usable += meeting.usable_minutes;
    behind.Add(meeting.id, meeting.requested_minutes);
  });
  Figure figure{.sample = agendas, .meetings = behind.Take()};
  if (usable > 0) figure.value = requested / usable;
  return figure;
}

bool WaitsAt(const RoomWait& wait, absl::Time time) {
  return wait.since < time && time <= wait.end;
}

Figure Backlog(const Window& window) {
  Counter counter;
  int waiting = 0;
  window.EachSpec([&](const SpecLife& spec) {
    for (const RoomWait& wait : spec.waits) {
      if (!WaitsAt(wait, window.span().to)) continue;
      ++waiting;
      counter.Add(spec.key);
    }
  });
  return counter.Count(waiting);
}

Figure WeeksToClear(const Window& window) {
  int left = 0;
  window.EachSpec([&](const SpecLife& spec) {
    for (const RoomWait& wait : spec.waits) left += window.Contains(wait.end) ? 1 : 0;
  });
  Figure figure = Backlog(window);
  const double backlog = figure.value.value_or(0);
  figure.value.reset();
  if (left > 0) figure.value = backlog * window.span().weeks() / left;
  if (backlog == 0) figure.value = 0;
  return figure;
}

Figure NearMissAt(const Window& window, size_t place) {
  const QueueReading& queue = window.queue();
  Figure figure{.sample = queue.queued};
  if (queue.queued == 0) return figure;
  figure.value = 0;
  if (place >= queue.near_misses.size()) return figure;
  const v1::NearMiss& miss = queue.near_misses[place];
  figure.value = 100.0 * static_cast<double>(miss.specs()) / queue.queued;
  figure.specs.assign(miss.examples().begin(), miss.examples().end());
  figure.text = fmt::format(
      "share of the queue that one condition alone kept from approval: {} ({}); {} of {} did harm",
      miss.condition(), miss.rule(), miss.harmed(), miss.specs());
  return figure;
}

Figure Mined(const Window& window) {
  Figure figure{.sample = window.queue().queued};
  if (figure.sample > 0) figure.value = 100.0 * window.queue().mined / figure.sample;
  return figure;
}

std::string TimeWords(std::string_view what, int percent) {
  return percent == 50 ? fmt::format("median time {}", what)
                       : fmt::format("longest time {}, of nine in ten", what);
}

SignalRow WaitRow(v1::Spec::State state, const char* name, const char* words, int percent) {
  return {fmt::format("wait-{}-p{}", name, percent), TimeWords(words, percent),
          IsMinutes(state) ? "minutes" : "business days",
          [=](const Window& window) { return WaitIn(window, state, percent); }};
}

}  // namespace

SignalRow RequestedToUsable() {
  return {.id = "requested-to-usable",
          .text = "minutes asked for, divided by minutes there are",
          .unit = "ratio",
          .measure = Requested,
          .threshold = kRequestedToUsableMost};
}

SignalRow TopNearMiss() {
  return {.id = "near-miss",
          .text = "share of the queue that one condition alone kept from approval",
          .unit = "%",
          .measure = [](const Window& window) { return NearMissAt(window, 0); },
          .threshold = kNearMissMostPercent,
          .least = kLeastToJudge};
}

Signals TooManySignals() {
  Signals signals;
  const std::tuple<v1::Spec::State, const char*, const char*> states[] = {
      {v1::Spec::STATE_DRAFT, "draft", "as a draft"},
      {v1::Spec::STATE_ASYNC_REVIEW, "async-review", "in review"},
      {v1::Spec::STATE_CHANGES_REQUESTED, "changes-requested", "with the author for changes"},
      {v1::Spec::STATE_QUEUED, "queued", "in the queue"},
      {v1::Spec::STATE_SCHEDULED, "scheduled", "on an agenda"},
      {v1::Spec::STATE_IN_MEETING, "in-meeting", "in the room"},
      {v1::Spec::STATE_DEFERRED, "deferred", "parked"}};
  for (const auto& [state, name, words] : states) {
    signals.push_back(WaitRow(state, name, words, 50));
    signals.push_back(WaitRow(state, name, words, 90));
  }
  for (const int percent : {50, 90}) {
    signals.push_back({fmt::format("first-position-p{}", percent),
                       TimeWords("from opening the review to the first position", percent),
                       "business days",
                       [percent](const Window& w) { return FirstPosition(w, percent); }});
    signals.push_back({fmt::format("decision-p{}", percent),
                       TimeWords("from submission to a decision by people", percent),
                       "business days",
                       [percent](const Window& w) { return ToDecision(w, percent); }});
  }
  signals.push_back(RequestedToUsable());
  signals.push_back({"backlog", "specs that wait for the room", "count", Backlog});
  signals.push_back(
      {"weeks-to-clear", "time to clear the queue at the pace of the span", "weeks", WeeksToClear});
  signals.push_back(TopNearMiss());
  for (const size_t place : {size_t{1}, size_t{2}}) {
    signals.push_back({fmt::format("near-miss-{}", place + 1),
                       fmt::format("the same, for the condition in place {}", place + 1), "%",
                       [place](const Window& w) { return NearMissAt(w, place); }});
  }
  signals.push_back({"mined-rule",
                     "share of the queue that the best rule mined from it covers; "
                     "`gavel rules suggest` drafts rules",
                     "%", Mined});
  return signals;
}

}  // namespace gavel::health
