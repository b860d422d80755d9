#include "engine/app/watch/watch_batch.h"

#include "engine/app/command/event_row.h"
#include "engine/base/error.h"
#include "engine/base/status_macros.h"
#include "fmt/format.h"

namespace gavel::app {
namespace {

using Rows = std::vector<store::EventRow>;

absl::Status CheckNoGap(const Rows& rows, int64_t after_seq) {
  for (const auto& row : rows) {
    if (row.seq == ++after_seq) continue;
    return MakeError(absl::StatusCode::kInternal, "INTERNAL",
                     fmt::format("The log continues with {} where {} is due.", row.seq, after_seq),
                     {{"seq", fmt::to_string(row.seq)}});
  }
  return absl::OkStatus();
}

// How many of `rows` make up whole commands within the limits. `rows` hold one event more than the
// limit where the log goes on, so that a command that ends exactly at it is known to end there.
size_t WholeCommands(const Rows& rows, const BatchLimits& limits) {
  const auto events_max = static_cast<size_t>(limits.events);
  size_t whole = 0;
  size_t bytes = 0;
  for (size_t i = 0; i < rows.size(); ++i) {
    const bool starts = i > 0 && rows[i].command_seq != rows[i - 1].command_seq;
    if (starts) whole = i;
    bytes += rows[i].payload.size();
    if (whole > 0 && (i >= events_max || bytes > limits.bytes)) return whole;
  }
  // The last command is whole: either the log ends with it, or it is the first one and fits.
  return rows.size();
}

}  // namespace

absl::StatusOr<WatchBatch> NextBatch(const store::View& view, const EventFilter& filter,
                                     const MaySee& may_see, int64_t after_seq,
                                     const BatchLimits& limits) {
  GAVEL_ASSIGN_OR_RETURN(const Rows rows, view.EventsAfter(after_seq, limits.events + 1));
  GAVEL_RETURN_IF_ERROR(CheckNoGap(rows, after_seq));
  const size_t taken = WholeCommands(rows, limits);

  WatchBatch batch;
  batch.through_seq = after_seq + static_cast<int64_t>(taken);
  batch.at_head = batch.through_seq >= view.head().seq;
  for (size_t i = 0; i < taken; ++i) {
    if (!filter.MayMatchType(rows[i].type)) continue;
    GAVEL_ASSIGN_OR_RETURN(v1::Event event, EventFromRow(rows[i]));
    if (!filter.Matches(event)) continue;
    GAVEL_ASSIGN_OR_RETURN(const bool visible, may_see(view, event));
    if (visible) batch.events.push_back(std::move(event));
  }
  return batch;
}

}  // namespace gavel::app
