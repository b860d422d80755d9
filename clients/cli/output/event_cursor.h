// Cursors as text, and what `gavel watch` prints.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "gavel/v1/watch_service.pb.h"

namespace gavel::cli {

// How far a watcher got: the server's `cursor`, empty before the first response, and the last event
// seen after it; -1 before anything was seen. A response holds many events and one cursor.
struct Place {
  std::string cursor;
  int64_t seq = -1;
};

// `CURSOR.SEQ` as a line of `gavel watch` holds it, or SEQ alone (0 is the whole log). Empty: from
// now on.
absl::StatusOr<Place> ParsePlace(std::string_view from);

// Asks for what comes after `place`, and for what its response still held: the server refuses a
// request with both a cursor and a number.
void StartAt(const Place& place, v1::WatchEventsRequest& request);

// `type=DecisionRecorded,area=media`: a comma separates parts, a part names type, area or spec.
absl::Status AddFilter(std::string_view text, v1::EventFilter& filter);

// One JSON line per event that `place` has not seen, each with the cursor that goes on after
// exactly that event. Moves `place` behind the response.
std::vector<std::string> EventLines(const v1::WatchEventsResponse& response, Place& place);

}  // namespace gavel::cli
