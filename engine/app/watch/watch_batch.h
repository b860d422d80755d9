// One step through the log: the pure half of Watch.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/app/watch/event_filter.h"
#include "engine/store/view.h"
#include "gavel/v1/event.pb.h"

namespace gavel::app {

struct BatchLimits {
  // Events read in one step. At least GroupBuilder::kCommandEventsMax, so that a command fits.
  int events = 256;
  // Stored bytes after which a batch ends; one command may exceed it by itself. Keeps a response
  // under the 4 MiB that gRPC clients accept.
  size_t bytes = size_t{1} << 20;
};

struct WatchBatch {
  std::vector<v1::Event> events;  // Whole commands in log order, matching events only.
  int64_t through_seq = 0;        // Every matching event up to here is in this batch or before it.
  bool at_head = false;           // True where the log held nothing more.
};

// Whether somebody may see an event, judged by the state in the view.
using MaySee = std::function<absl::StatusOr<bool>(const store::View&, const v1::Event&)>;

// The events after `after_seq` that match and may be seen, in one step; empty with a higher
// `through_seq` where there are none among those read. Errors: those of `view` and `may_see`;
// DATA_LOSS `STORE_CORRUPT`; INTERNAL for a gap in the log.
absl::StatusOr<WatchBatch> NextBatch(const store::View& view, const EventFilter& filter,
                                     const MaySee& may_see, int64_t after_seq,
                                     const BatchLimits& limits);

}  // namespace gavel::app
