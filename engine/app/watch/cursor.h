// Where a watcher stands, as bytes that clients keep and never read.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/store/rows.h"

namespace gavel::app {

struct Cursor {
  std::string log_id;        // The log that `seq` counts in.
  int64_t seq = 0;           // Every matching event up to here has been sent.
  uint64_t filter_hash = 0;  // EventFilter::hash() of the stream.
};

// The inverse of each other. INVALID_ARGUMENT `CURSOR_INVALID` for bytes that Encode never made.
std::string EncodeCursor(const Cursor& cursor);
absl::StatusOr<Cursor> DecodeCursor(std::string_view bytes);

// Whether a stream with the filter `filter_hash` may go on at `cursor`.
//
// Errors, in this order: FAILED_PRECONDITION `CURSOR_FROM_OTHER_LOG`; INVALID_ARGUMENT
// `CURSOR_FILTER_MISMATCH`; those of CheckPosition.
absl::Status CheckCursor(const Cursor& cursor, uint64_t filter_hash, const store::Head& head,
                         int64_t oldest_seq);

// Whether the log, which holds `oldest_seq` to `head.seq`, can be read after `seq`.
//
// Errors: OUT_OF_RANGE `CURSOR_IN_FUTURE` (metadata `head_seq`) or `CURSOR_COMPACTED` (metadata
// `oldest_seq`).
absl::Status CheckPosition(int64_t seq, const store::Head& head, int64_t oldest_seq);

}  // namespace gavel::app
