// The numbers a meeting series may set and mostly leaves out. The only place that knows their
// defaults, their ranges and their keys: the planner, the reader of `org.yaml` and the schema of
// editors all take them from here.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "gavel/v1/org.pb.h"

namespace gavel {

// A timebox is clamp(base + step * open work, least, most) minutes. `least_min == most_min` makes
// all timeboxes equal.
struct TimeboxNumbers {
  int base_min = 10;
  int step_min = 5;    // For each open decision, open block and further gate.
  int least_min = 15;  // One decision, one gate.
  int most_min = 45;   // One large item fills the default meeting.
};

struct OrderNumbers {
  int aged_after = 2;        // Held meetings that pass a spec over until it is aged,
  int overdue_after = 3;     // and until it is overdue: the starvation bound counts from here.
  int weight_dependent = 2;  // Score of each open spec that waits for this one.
  int weight_release = 3;    // Score of each release that was not the author's fault.
  int weight_team = 3;       // Score lost for each item of its team on the last four agendas.
};

struct SeriesNumbers {
  int preview_bd = 2;            // Before the cut-off.
  int go_no_go_bd = 1;           // Before the meeting.
  int opening_closing_min = 10;  // Of every meeting.
  TimeboxNumbers timebox;
  OrderNumbers order;
};

// What `series` sets, and the default for the rest.
SeriesNumbers NumbersOf(const v1::Series& series);

// One of these numbers as people write it.
struct SeriesNumberKey {
  std::string_view key;    // In `org.yaml`: "preview_bd".
  std::string_view field;  // "Series.preview_bd"
  int least;
  int most;
  bool (v1::Series::*has)() const;
  std::int32_t (v1::Series::*get)() const;
  void (v1::Series::*set)(std::int32_t);
};

// In the order in which people write them.
std::span<const SeriesNumberKey> SeriesNumberKeys();

// Numbers that are each in range and do not go together.
struct SeriesConflict {
  std::string_view key;  // The one to change.
  std::string problem;   // A sentence.
};

// The first conflict: a longest timebox below the shortest, a meeting that holds not even that,
// go or no-go asked before the freeze, aged after overdue. Empty when there is none.
std::optional<SeriesConflict> ConflictIn(const v1::Series& series);

}  // namespace gavel
