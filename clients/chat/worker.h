// Follows the log for one destination: the log is the outbox, the destination is a cursor.
//
//   response → what it affects → newest state → messages → channel → record … → cursor
//
// The cursor moves only after everything of a response is recorded. After a crash the response
// comes again, finds its messages recorded, and changes nothing.
#pragma once

#include <functional>
#include <optional>

#include "absl/status/status.h"
#include "clients/chat/affected.h"
#include "clients/chat/channel.h"
#include "clients/chat/config.h"
#include "clients/chat/deliverer.h"
#include "clients/chat/memory.h"
#include "clients/chat/source.h"
#include "clients/chat/waiter.h"

namespace gavel::chat {

class Worker {
 public:
  struct Options {
    bool once = false;  // Return when the head found at the start is reached.
    Deliverer::Hooks hooks;
  };

  // Everything must outlive the worker.
  Worker(const Config& config, const Destination& destination, Source& source, Channel& channel,
         Memory& memory, Waiter& waiter, Options options);

  // Runs until the bot is to stop (OK). Blocks; single-threaded.
  //
  // Errors: PERMISSION_DENIED when the destination refuses for good, or the server does not let the
  // bot read; UNAVAILABLE with `once` when the server or the destination cannot be reached;
  // INTERNAL when the memory fails.
  absl::Status Run();

 private:
  absl::Status Begin();
  absl::Status Follow();
  // Looks at everything again, after the cursor was lost or before the first one.
  absl::Status Resync();
  absl::Status Apply(const Affected& affected, const Position& position);
  absl::Status ApplySpec(const std::string& key, int64_t min_seq);
  absl::Status ApplyMeeting(const std::string& id, bool cancelled);
  // Runs `make` and delivers what it returns, again and again until it is delivered.
  absl::Status DeliverUntilDone(const std::function<absl::StatusOr<std::vector<Message>>()>& make);
  absl::Status AddAgendas(const Affected& affected, Affected& all);
  bool IsDone() const;
  absl::Status Pause(int& failures, const absl::Status& status);

  const Config& config_;
  const Destination& destination_;
  Source& source_;
  Channel& channel_;
  Memory& memory_;
  Waiter& waiter_;
  const Options options_;
  Deliverer deliverer_;

  DestinationRow row_;
  std::optional<int64_t> until_;  // With `once`: stop when reached.
  bool gave_up_ = false;          // With `once`: the destination did not answer for too long.
};

}  // namespace gavel::chat
