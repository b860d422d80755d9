// The book of a simulation: demands on the room, meetings, and what was refused.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "engine/simulation/report.h"
#include "gavel/v1/event.pb.h"

namespace gavel::simulation {

class Ledger {
 public:
  // A demand began to wait.
  void Ready();
  // One that waits since `ready` got an outcome at `now`.
  void Decided(absl::Time ready, absl::Time now);
  // One that waits will not be heard: the lifecycle refused it.
  void DemandRefused();
  void DecidedWithoutRoom() { ++report_.without_room; }

  // What the log says of meetings: planned, agenda picked, cancelled.
  void Read(const v1::Event& event);
  // A meeting was held with these items.
  void Held(const std::string& meeting, std::vector<ReportItem> items);

  // `place`: `FILE:LINE`.
  void Refused(std::string_view what, const std::string& place, const absl::Status& why);

  int waiting() const { return report_.waiting; }

  // The sums. Meetings that have been neither held nor cancelled are not part of them.
  Report Close(int specs) const;

 private:
  struct Occurrence {
    absl::Time start;
    bool over = false;
    ReportMeeting line;
  };

  Report report_;
  std::vector<double> waits_;
  std::map<std::string, Occurrence> meetings_;                             // By id.
  std::map<std::pair<std::string, std::string>, ReportRefusal> refusals_;  // By what and code.
};

}  // namespace gavel::simulation
