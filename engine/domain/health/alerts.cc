#include "engine/domain/health/alerts.h"

#include <algorithm>

#include "engine/domain/names.h"
#include "fmt/format.h"

namespace gavel::health {
namespace {

constexpr int kOccurrencesMost = 2;
constexpr int kLongerByMinutes = 30;
constexpr int kMostSpecs = 50;

std::string RuleProposal(const BacklogFacts& facts) {
  if (!facts.near_miss.has_value() || facts.queued == 0) {
    return "A rule: no single condition stands between the queued specs and an approval; `gavel "
           "rules suggest` looks for more.";
  }
  const v1::NearMiss& miss = *facts.near_miss;
  return fmt::format(
      "A rule: {} of {} queued specs ({} %) miss approval by one condition of {}, {}; {} of them "
      "did harm. Try a change with `gavel rules backtest`.",
      miss.specs(), facts.queued, 100 * miss.specs() / facts.queued, miss.rule(), miss.condition(),
      miss.harmed());
}

std::string LongerWeekProposal(const BacklogFacts& facts) {
  return fmt::format(
      "One longer week: a session of {} minutes, once (`gavel meeting session`); the usual {} "
      "minutes stay as they are.",
      facts.length_min + kLongerByMinutes, facts.length_min);
}

std::string SplitProposal(const BacklogFacts& facts) {
  if (facts.in_common == 0) {
    return "A split by area: give a part of what comes in to an area with a meeting of its own.";
  }
  return fmt::format(
      "A split by area: {} of {} queued specs are about {}, which could have a meeting of its own.",
      facts.in_common, facts.newest_first.front().size(), facts.common);
}

}  // namespace

int MedianWait(const QueueAtCutOff& queue) {
  if (queue.empty()) return 0;
  std::vector<int> waits;
  for (const QueuedWait& wait : queue) waits.push_back(wait.occurrences);
  const auto middle = waits.begin() + static_cast<std::ptrdiff_t>((waits.size() - 1) / 2);
  std::nth_element(waits.begin(), middle, waits.end());
  return *middle;
}

bool IsBacklog(std::span<const QueueAtCutOff> newest_first) {
  if (newest_first.size() < static_cast<size_t>(kBacklogWeeks)) return false;
  const auto weeks = newest_first.first(kBacklogWeeks);
  return std::all_of(weeks.begin(), weeks.end(), [](const QueueAtCutOff& queue) {
    return MedianWait(queue) > kOccurrencesMost;
  });
}

v1::HealthAlert CancelledRunning(const std::string& area_name, int cancelled, absl::Time now) {
  v1::HealthAlert alert;
  alert.set_kind(kCancelledRunningAlert);
  alert.set_text(fmt::format(
      "{}: {} meetings in a row were cancelled. Either nothing needs the room, or what needs it "
      "does not get there.",
      area_name, cancelled));
  alert.add_proposals("See with `gavel health` whether specs come in, and what returns them.");
  alert.add_proposals("Meet on demand (`cadence: on_demand`) where little needs the room.");
  *alert.mutable_since_time() = ToProto(now);
  return alert;
}

v1::HealthAlert Backlog(const BacklogFacts& facts, absl::Time now) {
  v1::HealthAlert alert;
  alert.set_kind(kBacklogAlert);
  QueueAtCutOff newest = facts.newest_first.front();
  alert.set_text(fmt::format(
      "{}: {} for the room; for {} weeks half of them have waited for more than {} meetings, now "
      "{}.",
      facts.area_name,
      newest.size() == 1 ? "1 spec waits" : fmt::format("{} specs wait", newest.size()),
      kBacklogWeeks, kOccurrencesMost, MedianWait(newest)));
  std::stable_sort(newest.begin(), newest.end(), [](const auto& a, const auto& b) {
    return a.occurrences > b.occurrences;
  });
  for (const QueuedWait& wait : newest) {
    if (alert.specs_size() < kMostSpecs) alert.add_specs(wait.spec);
  }
  alert.add_proposals(RuleProposal(facts));
  alert.add_proposals(LongerWeekProposal(facts));
  alert.add_proposals(SplitProposal(facts));
  *alert.mutable_since_time() = ToProto(now);
  return alert;
}

}  // namespace gavel::health
