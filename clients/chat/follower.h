// Follows the log for one destination: the log is the outbox, the destination is a cursor.
//
// The cursor moves only after everything of a response is recorded. After a crash the response
// comes again, finds its messages recorded, and changes nothing.
#pragma once

#include <optional>
#include <string>

#include "absl/status/status.h"
#include "clients/chat/memory.h"
#include "clients/chat/retry_schedule.h"
#include "clients/chat/source.h"
#include "clients/chat/waiter.h"

namespace gavel::chat {

// With `once`, a destination or server that is down is tried so often, and waited for so long.
inline constexpr int kOnceAttempts = 3;
inline constexpr absl::Duration kOncePatience = absl::Seconds(30);

// Single-threaded.
class Follower {
 public:
  struct Options {
    bool once = false;  // Return when the head found at the start is reached.
    Jitter jitter;      // Of the pauses between attempts.
  };

  virtual ~Follower() = default;

  // Runs until the bot is to stop (OK). Blocks.
  //
  // Errors: PERMISSION_DENIED when the destination refuses for good, or the server does not let the
  // bot read; UNAVAILABLE with `once` when the server or the destination cannot be reached;
  // INTERNAL when the memory fails.
  absl::Status Run();

 protected:
  // Everything must outlive the follower. `name` is the destination's in `memory`.
  Follower(std::string name, Source& source, Memory& memory, Waiter& waiter, Options options);

  // The first time: nothing is in memory yet. Sets `row_` and stores it.
  virtual absl::Status Join(const LogHead& head) = 0;
  // The cursor is of no use any more. Sets `row_` and stores it.
  virtual absl::Status Resync() = 0;
  // Does what `response` calls for, then `Advance`.
  virtual absl::Status Apply(const v1::WatchEventsResponse& response, const Position& position) = 0;
  // Looks after what waits: at the start, and after every response and heartbeat (30 s at most).
  virtual absl::Status Tick() = 0;
  // For connections that must be kept.
  virtual void Idle() = 0;

  absl::Status Advance(const Position& position);

  const std::string name_;
  Source& source_;
  Memory& memory_;
  Waiter& waiter_;
  const Options options_;
  DestinationRow row_;
  bool gave_up_ = false;  // With `once`: the destination did not answer for too long.

 private:
  absl::Status Begin();
  absl::Status Follow();
  absl::Status Pause(int& failures, const absl::Status& status);
  bool IsDone() const;

  std::optional<int64_t> until_;  // With `once`: stop when reached.
};

}  // namespace gavel::chat
