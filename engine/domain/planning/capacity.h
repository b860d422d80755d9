// How full one agenda is. Three hard stops: specs, minutes, words of the packet.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "engine/domain/planning/queue_item.h"
#include "engine/domain/planning/series_numbers.h"
#include "gavel/v1/org.pb.h"

namespace gavel {

// What one meeting offers.
struct MeetingTerms {
  absl::CivilDay day;
  int usable_minutes = 50;
  int max_specs = 3;    // 1 to 3; more counts as 3.
  int max_words = 9000;
  int quick_items = 0;  // Consent items beyond `max_specs`, 0 to 5; more counts as 5.
  TimeboxNumbers timebox = {};
  OrderNumbers order = {};
  // Keys of a session of their own: nobody else may come, minutes and words are no hard stops and
  // there is no consent list. Empty for every other meeting.
  std::vector<std::string> dedicated_to = {};
};

// The terms of the occurrence of `series` on `day`.
MeetingTerms TermsOf(const v1::Series& series, absl::CivilDay day);

// Whether `meeting` is a session for other specs than `key`.
bool IsDedicatedToOthers(const MeetingTerms& meeting, const std::string& key);

// Whether the spec alone fits an empty agenda; else it needs its own session.
bool FitsEmptyAgenda(const QueueItem& item, const MeetingTerms& meeting);

// A spec's place on an agenda.
struct Placement {
  int place = 0;       // From 1 in agenda order; related specs share one. 0 is the consent list.
  int minutes = 0;     // What it adds to the agenda; a joined spec adds less than its timebox.
  bool quick = false;  // On the consent list.
  std::string cluster = {};  // Why it shares its place with another spec; empty where alone.
};

// Fills up in the order of the calls. Also answers whether a pinned spec, or the stand-by moving
// up, still fits.
class AgendaCapacity {
 public:
  explicit AgendaCapacity(const MeetingTerms& meeting);

  // Gives `item` a place: on the consent list if it qualifies and there is room, else in the place
  // of its cluster, else in one of its own. Empty, and nothing changes, when a hard stop forbids
  // it. Sharing is no way to the front: it only decides where a spec goes whose turn has come.
  std::optional<Placement> TryAdd(const QueueItem& item);

  // Gives `item` the place it was promised, whatever the hard stops say: `item.place` or the
  // consent list where it says so.
  Placement Add(const QueueItem& item);

  // Which hard stop keeps `item` out now, "needs 25 minutes, 10 were left"; empty when it fits.
  std::string WhyNot(const QueueItem& item) const;

  // Specs at that place, from 1; 0 for a place that nobody has.
  int SpecsAt(int place) const;

  int minutes() const { return minutes_; }
  int words() const { return words_; }

  // Room left; negative after `Add` overfilled the agenda. Without limit in a dedicated session.
  int specs_left() const { return meeting_.max_specs - specs_; }
  int minutes_left() const;
  int words_left() const;

 private:
  struct Place {
    std::string cluster;
    std::vector<int> timeboxes;
  };

  bool IsDedicated() const { return !meeting_.dedicated_to.empty(); }
  bool FitsConsentList(const QueueItem& item) const;
  Placement AddToConsentList(const QueueItem& item);
  // The place of the item's cluster, else the one after the last.
  int PlaceFor(const QueueItem& item) const;
  int MinutesAdded(const QueueItem& item, int place) const;

  MeetingTerms meeting_;
  std::map<int, Place> places_;
  int quick_ = 0;
  int specs_ = 0;
  int minutes_ = 0;
  int words_ = 0;
};

}  // namespace gavel
