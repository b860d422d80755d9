#include "engine/domain/planning/forecast.h"

#include <algorithm>
#include <set>
#include <vector>

#include "engine/domain/planning/order.h"

namespace gavel {
namespace {

// Held meetings within which `item` surely gets a place: it becomes overdue after three, then each
// meeting takes one of the specs `ahead` of it, or the item itself.
int StarvationBound(const QueueItem& item, int ahead) {
  return std::max(kOverduePassOvers - item.passed_over, 0) + ahead + 1;
}

std::map<std::string, Forecast> Bounds(const std::vector<QueueItem>& queue) {
  std::map<std::string, Forecast> forecasts;
  for (const QueueItem& item : queue) {
    Forecast& forecast = forecasts[item.key];
    forecast.ahead = static_cast<int>(
        std::count_if(queue.begin(), queue.end(), [&item](const QueueItem& other) {
          return other.times_on_agenda == 0 && other.queued_since < item.queued_since;
        }));
    if (item.times_on_agenda == 0) forecast.latest = StarvationBound(item, forecast.ahead);
  }
  return forecasts;
}

void Record(const AgendaPlan& plan, int meeting, std::map<std::string, Forecast>& forecasts) {
  for (const Pick& pick : plan.picks) {
    Forecast& forecast = forecasts[pick.key];
    forecast.expected = meeting;
    if (!forecast.earliest.has_value()) forecast.earliest = meeting;
  }
  for (const NotPicked& rest : plan.not_picked) {
    Forecast& forecast = forecasts[rest.key];
    if (rest.passed_over && !forecast.earliest.has_value()) forecast.earliest = meeting;
  }
}

// The queue as the meeting after `plan` finds it.
void Advance(const AgendaPlan& plan, PlanInput& input) {
  std::set<std::string> gone;
  std::set<std::string> passed_over;
  for (const Pick& pick : plan.picks) gone.insert(pick.key);
  for (const NotPicked& rest : plan.not_picked) {
    if (rest.passed_over) passed_over.insert(rest.key);
  }
  std::erase_if(input.queue, [&gone](const QueueItem& item) { return gone.contains(item.key); });
  for (QueueItem& item : input.queue) {
    item.passed_over += passed_over.contains(item.key) ? 1 : 0;
    item.carried_over = false;
    item.presenter_available = true;
    item.reviewers_available = item.reviewers_required;
  }
  input.pinned.clear();
  input.reservation = plan.reservation;
}

}  // namespace

std::map<std::string, Forecast> ForecastQueue(const PlanInput& next,
                                              std::span<const MeetingTerms> later,
                                              const BusinessCalendar& calendar) {
  std::map<std::string, Forecast> forecasts = Bounds(next.queue);
  PlanInput input = next;
  int meeting = 1;
  AgendaPlan plan = PlanMeeting(input, calendar);
  Record(plan, meeting, forecasts);
  for (const MeetingTerms& terms : later) {
    Advance(plan, input);
    input.meeting = terms;
    plan = PlanMeeting(input, calendar);
    Record(plan, ++meeting, forecasts);
  }
  return forecasts;
}

}  // namespace gavel
