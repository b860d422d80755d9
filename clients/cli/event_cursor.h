// Cursors as text, and what `gavel watch` prints.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "gavel/v1/watch_service.pb.h"

namespace gavel::cli {

// Fills `cursor` or `after_seq` from --from: a cursor that an earlier line held, or the number of
// the last event seen (0 for the whole log). Empty: from now on.
absl::Status SetStart(std::string_view from, v1::WatchEventsRequest& request);

// Goes on after `cursor`, wherever the request started: the server refuses a request with both.
void ResumeAt(const std::string& cursor, v1::WatchEventsRequest& request);

// `type=DecisionRecorded,area=media`: a comma separates parts, a part names type, area or spec.
absl::Status AddFilter(std::string_view text, v1::EventFilter& filter);

// One JSON line per event. A line's cursor goes on after it without missing anything: within one
// response only the last event carries the new one, since a command's events are never split.
// `resume` is where the response started.
std::vector<std::string> EventLines(const v1::WatchEventsResponse& response,
                                    const std::string& resume);

std::string CursorText(const std::string& cursor);

}  // namespace gavel::cli
