// How full one agenda is. Three hard stops: specs, minutes, words of the packet.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "engine/domain/planning/queue_item.h"
#include "gavel/v1/org.pb.h"

namespace gavel {

// What one meeting offers.
struct MeetingTerms {
  absl::CivilDay day;
  int usable_minutes = 50;
  int max_specs = 3;    // 1 to 3; more counts as 3.
  int max_words = 9000;
  int quick_items = 0;  // Consent items beyond `max_specs`, 0 to 5; more counts as 5.
};

// The terms of the occurrence of `series` on `day`.
MeetingTerms TermsOf(const v1::Series& series, absl::CivilDay day);

// Whether the spec alone fits an empty agenda; else it needs its own session.
bool FitsEmptyAgenda(const QueueItem& item, const MeetingTerms& meeting);

// A spec's place on an agenda.
struct Placement {
  int slot = 0;        // From 1 in agenda order; related specs share one. 0 is the consent list.
  int minutes = 0;     // What it adds to the agenda; a joined spec adds less than its timebox.
  bool quick = false;  // On the consent list.
};

// Fills up in the order of the calls. Also answers whether a pinned spec, or the stand-by moving
// up, still fits.
class AgendaCapacity {
 public:
  explicit AgendaCapacity(const MeetingTerms& meeting);

  // Gives `item` a place: on the consent list if it qualifies and there is room, else in the slot
  // of its cluster, else in a slot of its own. Empty, and nothing changes, when a hard stop
  // forbids it.
  std::optional<Placement> TryAdd(const QueueItem& item);

  // Gives `item` a slot whatever the hard stops say: a place once promised is kept.
  Placement Add(const QueueItem& item);

  // Which hard stop keeps `item` out now, "needs 25 minutes, 10 were left"; empty when it fits.
  std::string WhyNot(const QueueItem& item) const;

  int minutes() const { return minutes_; }
  int words() const { return words_; }

  // Room left; negative after `Add` overfilled the agenda.
  int specs_left() const { return meeting_.max_specs - specs_; }
  int minutes_left() const { return meeting_.usable_minutes - minutes_; }
  int words_left() const { return meeting_.max_words - words_; }

 private:
  struct Slot {
    std::string cluster;
    std::vector<int> timeboxes;
  };

  bool FitsConsentList(const QueueItem& item) const;
  // The slot of the item's cluster; slots_.size() for a new one.
  std::size_t SlotFor(const QueueItem& item) const;
  int MinutesAdded(const QueueItem& item) const;

  MeetingTerms meeting_;
  std::vector<Slot> slots_;
  int quick_ = 0;
  int specs_ = 0;
  int minutes_ = 0;
  int words_ = 0;
};

}  // namespace gavel
