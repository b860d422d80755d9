// Keeps one channel up to date with the log:
//
//   response → what it affects → newest state → messages → channel → record … → cursor
//
// What must not be sent yet (clients/chat/holding.h) waits in the memory, at most once per spec or
// post, and is made anew from the newest state when its time has come.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "clients/chat/affected.h"
#include "clients/chat/channel.h"
#include "clients/chat/config.h"
#include "clients/chat/deliverer.h"
#include "clients/chat/follower.h"

namespace gavel::chat {

class Worker final : public Follower {
 public:
  struct Options {
    bool once = false;  // Return when the head found at the start is reached.
    Deliverer::Hooks hooks;
  };

  // Everything must outlive the worker.
  Worker(const Config& config, const Destination& destination, Source& source, Channel& channel,
         Memory& memory, Waiter& waiter, Options options);

 private:
  absl::Status Join(const LogHead& head) override;
  // Looks at everything again, after the cursor was lost or before the first one. What only events
  // tell (alerts, moved meetings) is not told again.
  absl::Status Resync() override;
  absl::Status Apply(const v1::WatchEventsResponse& response, const Position& position) override;
  absl::Status Tick() override;
  void Idle() override { channel_.Idle(); }

  absl::Status ApplyAll(const Affected& affected, const Position& position);
  absl::Status Handle(const Post& post, int64_t min_seq);
  // Remembers that `post` is to be looked at again, or that it is not.
  absl::Status SetWaiting(const Post& post, const std::optional<absl::Time>& until);
  using Make = std::function<absl::StatusOr<std::vector<Message>>()>;
  // Runs `make` and delivers what it returns, again and again until it is delivered. Until when
  // something of it was held back; nothing where all is done.
  absl::StatusOr<std::optional<absl::Time>> DeliverUntilDone(const std::optional<Moment>& moment,
                                                             const Make& make);
  absl::Status AddAgendas(const Affected& affected, Affected& all);
  absl::Status LookAtClock();

  const Config& config_;
  const Destination& destination_;
  Channel& channel_;
  Deliverer deliverer_;
  const bool holds_;                        // Whether anything is ever held back here.
  std::optional<absl::Time> now_;           // The server's clock, where that matters.
  bool listed_ = false;                     // Whether `waiting_` has been read.
  std::map<std::string, Waiting> waiting_;  // As in the memory, by key.
};

}  // namespace gavel::chat
