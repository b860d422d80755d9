// What a simulation found.
#pragma once

#include <string>
#include <vector>

#include "absl/time/time.h"

namespace gavel::simulation {

// One spec on the agenda of a meeting that was held.
struct ReportItem {
  std::string spec;     // Its key in the history.
  std::string outcome;  // `approved`, `back to its author` …
  int timebox_minutes = 0;
  double wait_days = 0;  // From the end of its review; 0 where the history did not ask for it.
};

struct ReportMeeting {
  std::string day;     // `2022-07-14`.
  bool held = false;   // Else cancelled.
  std::string reason;  // Why it was cancelled, in words.
  std::vector<ReportItem> items;
  int usable_minutes = 0;
  int requested_minutes = 0;  // What the eligible queue asked for at the cut-off.
};

// Events of the history that the lifecycle refused for one reason.
struct ReportRefusal {
  std::string what;     // `withdrawn`.
  std::string code;     // `WRONG_STATE`: the reason of the error.
  std::string example;  // The first one's message, with its place in the history.
  int count = 0;
};

struct Report {
  int specs = 0;                // Played.
  int demands = 0;              // Reviews that ended and asked for the room.
  int decided = 0;              // Demands that a meeting gave an outcome.
  int waiting = 0;              // Demands that still wait at the end.
  int refused_demands = 0;      // Demands that the lifecycle refused.
  int without_room = 0;         // Decisions that asked for no meeting.
  double median_wait_days = 0;  // Of the decided demands, nearest rank; calendar days.
  double p90_wait_days = 0;
  int longest_queue = 0;  // Most demands that waited at one time.
  int meetings = 0;       // Held.
  int cancelled = 0;
  int most_items = 0;      // On one agenda.
  double utilisation = 0;  // Timeboxes of the items ÷ usable minutes, over the meetings held.
  double requested = 0;    // Minutes that the queue asked for ÷ usable, over every cut-off.
  int refused = 0;         // Events of the history that the lifecycle refused.
  std::vector<ReportRefusal> refusals;  // Most frequent first.
  std::vector<ReportMeeting> agendas;   // Every meeting, by day.
};

// The value that `share` (0 to 1) of `values` do not exceed, by nearest rank; 0 of none.
double Percentile(std::vector<double> values, double share);

}  // namespace gavel::simulation
