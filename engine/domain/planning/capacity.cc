#include "engine/domain/planning/capacity.h"

#include <algorithm>

#include <fmt/format.h>

#include "engine/domain/planning/weight.h"
#include "engine/domain/planning/wording.h"

namespace gavel {
namespace {

// No open block, one open decision with a recommendation, every gate satisfied.
bool IsQuick(const QueueItem& item) {
  return item.consent_ready && item.open_blocks == 0 && item.open_decisions == 1;
}

}  // namespace

MeetingTerms TermsOf(const v1::Series& series, absl::CivilDay day) {
  return MeetingTerms{.day = day,
                      .usable_minutes = UsableMinutes(series.length_min()),
                      .max_specs = series.max_specs(),
                      .max_words = series.max_words(),
                      .quick_items = series.quick_items()};
}

bool FitsEmptyAgenda(const QueueItem& item, const MeetingTerms& meeting) {
  return AgendaCapacity(meeting).WhyNot(item).empty();
}

AgendaCapacity::AgendaCapacity(const MeetingTerms& meeting) : meeting_(meeting) {
  meeting_.max_specs = std::min(meeting_.max_specs, kMostSpecs);
  meeting_.quick_items = std::min(meeting_.quick_items, kMostQuickItems);
}

std::optional<Placement> AgendaCapacity::TryAdd(const QueueItem& item) {
  if (FitsConsentList(item)) {
    ++quick_;
    minutes_ += kQuickItemMin;
    words_ += item.words;
    return Placement{.slot = 0, .minutes = kQuickItemMin, .quick = true};
  }
  if (!WhyNot(item).empty()) return std::nullopt;
  return Add(item);
}

Placement AgendaCapacity::Add(const QueueItem& item) {
  const int added = MinutesAdded(item);
  const std::size_t index = SlotFor(item);
  if (index == slots_.size()) slots_.push_back(Slot{item.cluster, {}});
  slots_[index].timeboxes.push_back(TimeboxMinutes(item));
  ++specs_;
  minutes_ += added;
  words_ += item.words;
  return Placement{.slot = static_cast<int>(index) + 1, .minutes = added, .quick = false};
}

std::string AgendaCapacity::WhyNot(const QueueItem& item) const {
  if (FitsConsentList(item)) return "";
  if (specs_left() < 1) {
    return meeting_.max_specs == 1 ? "the only place was taken"
                                   : fmt::format("all {} places were taken", meeting_.max_specs);
  }
  const int added = MinutesAdded(item);
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

std::size_t AgendaCapacity::SlotFor(const QueueItem& item) const {
  if (item.cluster.empty()) return slots_.size();
  const auto slot = std::find_if(slots_.begin(), slots_.end(), [&item](const Slot& candidate) {
    return candidate.cluster == item.cluster;
  });
  return static_cast<std::size_t>(slot - slots_.begin());
}

int AgendaCapacity::MinutesAdded(const QueueItem& item) const {
  const std::size_t index = SlotFor(item);
  std::vector<int> timeboxes;
  if (index < slots_.size()) timeboxes = slots_[index].timeboxes;
  const int before = SharedSlotMinutes(timeboxes);
  timeboxes.push_back(TimeboxMinutes(item));
  return SharedSlotMinutes(timeboxes) - before;
}

}  // namespace gavel
