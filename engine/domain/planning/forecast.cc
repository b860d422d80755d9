#include "engine/domain/planning/forecast.h"

#include <algorithm>
#include <string_view>
#include <tuple>
#include <unordered_set>

#include <fmt/format.h>

#include "engine/domain/planning/wording.h"

namespace gavel {
namespace {

// A bound further away says nothing to an author: half a year of weekly meetings.
constexpr int kFarthestWorthSaying = 26;

// What the play shows of one spec; the forecast's words need more of it than its numbers.
struct Sighting {
  Forecast forecast;
  int held_until_surely = 0;  // Meetings, from the earliest on, that the starvation bound allows.
  std::string next_reason;    // Why not at the next meeting; empty when it is picked or in order.
  std::string last_reason;    // The same of the last meeting played.
};

using Sightings = std::map<std::string, Sighting>;

// The bound: overdue after so many pass-overs, and then each meeting takes one of the specs ahead
// of it, or the spec itself.
Sightings Bounds(const PlanInput& next) {
  std::vector<const QueueItem*> by_age;
  for (const QueueItem& item : next.queue) by_age.push_back(&item);
  std::sort(by_age.begin(), by_age.end(), [](const QueueItem* a, const QueueItem* b) {
    return std::tie(a->queued_since, a->key) < std::tie(b->queued_since, b->key);
  });
  Sightings sightings;
  int never_on_an_agenda = 0;
  for (const QueueItem* item : by_age) {
    Sighting& sighting = sightings[item->key];
    sighting.forecast.ahead = never_on_an_agenda;
    if (item->times_on_agenda > 0) continue;
    const int until_overdue = std::max(next.meeting.order.overdue_after - item->passed_over, 0);
    sighting.held_until_surely = until_overdue + never_on_an_agenda + 1;
    ++never_on_an_agenda;
  }
  return sightings;
}

// Plays one meeting after the other.
class Play {
 public:
  Play(const PlanInput& next, const BusinessCalendar& calendar)
      : input_(next), calendar_(calendar), sightings_(Bounds(next)) {}

  void Meet() {
    const AgendaPlan plan = PlanMeeting(input_, calendar_);
    ++meetings_;
    taken_before_.push_back(taken_);
    taken_ += static_cast<int>(plan.picks.size());
    if (input_.meeting.dedicated_to.empty()) open_meetings_.push_back(meetings_);
    if (meetings_ == 1) positions_ = PositionsIn(plan);
    Record(plan);
    Advance(plan);
  }

  void MoveTo(const LaterMeeting& later) {
    input_.meeting = later.terms;
    input_.pinned = later.pinned;
  }

  std::map<std::string, Forecast> Finish() {
    std::map<std::string, Forecast> forecasts;
    for (auto& [key, sighting] : sightings_) {
      SetLatest(sighting);
      sighting.forecast.why = WhyText(key, sighting);
      forecasts[key] = std::move(sighting.forecast);
    }
    return forecasts;
  }

 private:
  static std::map<std::string, std::string> PositionsIn(const AgendaPlan& plan) {
    std::map<std::string, std::string> positions;
    const auto note = [&](const std::string& key, int position) {
      positions[key] = fmt::format("{} of {} in order", OrdinalText(position),
                                   NumberText(plan.ordered));
    };
    for (const Pick& pick : plan.picks) note(pick.key, pick.position);
    for (const NotPicked& rest : plan.not_picked) {
      if (rest.passed_over) note(rest.key, rest.position);
    }
    return positions;
  }

  void Record(const AgendaPlan& plan) {
    for (const Pick& pick : plan.picks) {
      Forecast& forecast = sightings_[pick.key].forecast;
      forecast.expected = meetings_;
      if (!forecast.earliest.has_value()) forecast.earliest = meetings_;
    }
    for (const NotPicked& rest : plan.not_picked) {
      Sighting& sighting = sightings_[rest.key];
      if (rest.passed_over && !sighting.forecast.earliest.has_value()) {
        sighting.forecast.earliest = meetings_;
      }
      if (meetings_ == 1 && !rest.passed_over) sighting.next_reason = rest.reason;
      sighting.last_reason = rest.reason;
    }
  }

  // The queue as the meeting after `plan` finds it.
  void Advance(const AgendaPlan& plan) {
    std::unordered_set<std::string_view> gone;
    std::unordered_set<std::string_view> passed_over;
    for (const Pick& pick : plan.picks) gone.insert(pick.key);
    for (const NotPicked& rest : plan.not_picked) {
      if (rest.passed_over) passed_over.insert(rest.key);
    }
    std::erase_if(input_.queue, [&](const QueueItem& item) { return gone.contains(item.key); });
    for (QueueItem& item : input_.queue) {
      item.passed_over += passed_over.contains(item.key) ? 1 : 0;
      item.carried_over = false;
      item.urgent = false;
      item.presenter_available = true;
      item.reviewers_available = item.reviewers_required;
    }
    input_.reservation = plan.reservation;
  }

  // The n-th meeting from 1 that is open to the whole queue; sessions for others pass nobody over.
  int OpenMeeting(int n) const {
    const int known = static_cast<int>(open_meetings_.size());
    return n <= known ? open_meetings_[static_cast<std::size_t>(n - 1)] : meetings_ + n - known;
  }

  // The bound counts from the first meeting that may take the spec.
  void SetLatest(Sighting& sighting) const {
    Forecast& forecast = sighting.forecast;
    if (sighting.held_until_surely == 0 || !forecast.earliest.has_value()) return;
    const auto before = std::lower_bound(open_meetings_.begin(), open_meetings_.end(),
                                         *forecast.earliest) - open_meetings_.begin();
    const int surely = OpenMeeting(static_cast<int>(before) + sighting.held_until_surely);
    forecast.latest = std::max(surely, forecast.expected.value_or(0));
  }

  std::string WhyText(const std::string& key, const Sighting& sighting) const {
    const Forecast& forecast = sighting.forecast;
    if (!forecast.earliest.has_value()) {
      return fmt::format("no meeting in sight may take it: {}", sighting.last_reason);
    }
    const auto position = positions_.find(key);
    std::string text = position != positions_.end()
                           ? position->second
                           : fmt::format("not at the next meeting: {}", sighting.next_reason);
    if (!forecast.expected.has_value()) {
      text += fmt::format("; {} in sight are expected to take others",
                          CountText(meetings_, "meeting"));
    } else if (*forecast.expected > 1) {
      text += BeforeText(taken_before_[static_cast<std::size_t>(*forecast.expected - 1)]);
    }
    const bool near = forecast.latest.value_or(0) <= kFarthestWorthSaying;
    if (forecast.latest > forecast.expected && near) text += LatestText(forecast);
    return text;
  }

  static std::string BeforeText(int before) {
    if (before == 0) return "; nothing is expected before it";
    return fmt::format("; {} {} expected before it", CountText(before, "spec"),
                       before == 1 ? "is" : "are");
  }

  static std::string LatestText(const Forecast& forecast) {
    const std::string surely =
        fmt::format("; at the latest the {} meeting held from now", OrdinalText(*forecast.latest));
    if (forecast.ahead == 0) return surely;
    return surely + fmt::format(", as {} never on an agenda {} longer",
                                CountText(forecast.ahead, "spec"),
                                forecast.ahead == 1 ? "waits" : "wait");
  }

  PlanInput input_;
  const BusinessCalendar& calendar_;
  Sightings sightings_;
  std::map<std::string, std::string> positions_;  // At the next meeting, of those it may take.
  std::vector<int> open_meetings_;
  std::vector<int> taken_before_;  // Per meeting: specs that those before it take.
  int taken_ = 0;
  int meetings_ = 0;
};

}  // namespace

std::map<std::string, Forecast> ForecastQueue(const PlanInput& next,
                                              std::span<const LaterMeeting> later,
                                              const BusinessCalendar& calendar) {
  Play play(next, calendar);
  play.Meet();
  for (const LaterMeeting& meeting : later) {
    play.MoveTo(meeting);
    play.Meet();
  }
  return play.Finish();
}

}  // namespace gavel
