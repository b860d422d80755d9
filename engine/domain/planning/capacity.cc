#include "engine/domain/planning/capacity.h"

#include <algorithm>
#include <limits>

#include <fmt/format.h>

#include "engine/domain/planning/weight.h"
#include "engine/domain/planning/wording.h"

namespace gavel {
namespace {

// Far above any sum, and far enough from overflow to add to it.
constexpr int kNoLimit = std::numeric_limits<int>::max() / 2;

// No open block, one open decision with a recommendation, every gate satisfied.
bool IsQuick(const QueueItem& item) {
  return item.consent_ready && !item.stopped_quick && item.open_blocks == 0 &&
         item.open_decisions == 1;
}

}  // namespace

MeetingTerms TermsOf(const v1::Series& series, absl::CivilDay day) {
  const SeriesNumbers numbers = NumbersOf(series);
  return MeetingTerms{
      .day = day,
      .usable_minutes = UsableMinutes(series.length_min(), numbers.opening_closing_min),
      .max_specs = series.max_specs(),
      .max_words = series.max_words(),
      .quick_items = series.quick_items(),
      .timebox = numbers.timebox,
      .order = numbers.order,
      .dedicated_to = {}};
}

bool IsDedicatedToOthers(const MeetingTerms& meeting, const std::string& key) {
  const std::vector<std::string>& keys = meeting.dedicated_to;
  return !keys.empty() && std::find(keys.begin(), keys.end(), key) == keys.end();
}

bool FitsEmptyAgenda(const QueueItem& item, const MeetingTerms& meeting) {
  return AgendaCapacity(meeting).WhyNot(item).empty();
}

AgendaCapacity::AgendaCapacity(const MeetingTerms& meeting) : meeting_(meeting) {
  meeting_.max_specs = std::min(meeting_.max_specs, kMostSpecs);
  meeting_.quick_items = IsDedicated() ? 0 : std::min(meeting_.quick_items, kMostQuickItems);
}

int AgendaCapacity::minutes_left() const {
  return IsDedicated() ? kNoLimit : meeting_.usable_minutes - minutes_;
}

int AgendaCapacity::words_left() const {
  return IsDedicated() ? kNoLimit : meeting_.max_words - words_;
}

int AgendaCapacity::SpecsAt(int place) const {
  const auto found = places_.find(place);
  return found == places_.end() ? 0 : static_cast<int>(found->second.timeboxes.size());
}

std::optional<Placement> AgendaCapacity::TryAdd(const QueueItem& item) {
  if (FitsConsentList(item)) return AddToConsentList(item);
  if (!WhyNot(item).empty()) return std::nullopt;
  return Add(item);
}

Placement AgendaCapacity::Add(const QueueItem& item) {
  if (item.on_consent_list) return AddToConsentList(item);
  const int place = item.place > 0 ? item.place : PlaceFor(item);
  Placement placement{
      .place = place, .minutes = MinutesAdded(item, place), .quick = false, .cluster = ""};
  Place& taken = places_[place];
  if (taken.timeboxes.empty()) {
    taken.cluster = item.cluster;
  } else {
    placement.cluster = item.cluster;
  }
  taken.timeboxes.push_back(TimeboxMinutes(item, meeting_.timebox));
  ++specs_;
  minutes_ += placement.minutes;
  words_ += item.words;
  return placement;
}

Placement AgendaCapacity::AddToConsentList(const QueueItem& item) {
  ++quick_;
  minutes_ += kQuickItemMin;
  words_ += item.words;
  return Placement{.place = 0, .minutes = kQuickItemMin, .quick = true, .cluster = ""};
}

std::string AgendaCapacity::WhyNot(const QueueItem& item) const {
  if (FitsConsentList(item)) return "";
  if (specs_left() < 1) {
    return meeting_.max_specs == 1 ? "the only place was taken"
                                   : fmt::format("all {} places were taken", meeting_.max_specs);
  }
  const int added = MinutesAdded(item, PlaceFor(item));
  if (added > minutes_left()) {
    return fmt::format("needs {}, {} were left", CountText(added, "minute"),
                       std::max(minutes_left(), 0));
  }
  if (item.words > words_left()) {
    return fmt::format("{} to read, {} were left in the packet", CountText(item.words, "word"),
                       NumberText(std::max(words_left(), 0)));
  }
  return "";
}

bool AgendaCapacity::FitsConsentList(const QueueItem& item) const {
  return IsQuick(item) && quick_ < meeting_.quick_items && kQuickItemMin <= minutes_left() &&
         item.words <= words_left();
}

int AgendaCapacity::PlaceFor(const QueueItem& item) const {
  int next = 1;
  for (const auto& [place, taken] : places_) {
    if (!item.cluster.empty() && taken.cluster == item.cluster) return place;
    next = place + 1;
  }
  return next;
}

int AgendaCapacity::MinutesAdded(const QueueItem& item, int place) const {
  std::vector<int> timeboxes;
  if (const auto found = places_.find(place); found != places_.end()) {
    timeboxes = found->second.timeboxes;
  }
  const int before = SharedSlotMinutes(timeboxes);
  timeboxes.push_back(TimeboxMinutes(item, meeting_.timebox));
  return SharedSlotMinutes(timeboxes) - before;
}

}  // namespace gavel
