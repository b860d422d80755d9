// One worker per destination, each on its own thread: a slow or broken destination holds up nobody.
#pragma once

#include <functional>
#include <string>

#include "absl/status/status.h"
#include "clients/chat/config.h"
#include "clients/chat/memory.h"
#include "clients/chat/open_channel.h"
#include "clients/chat/source.h"
#include "clients/chat/waiter.h"

namespace gavel::chat {

struct BotOptions {
  bool once = false;
  ChannelPlaces places;
  std::function<void()> after_send;  // Called by every worker's thread. May be empty.
};

// Runs every destination until each has ended: when the bot is to stop, at the head of the log with
// `once`, or with an error of its own. Blocks. The first error in the order of the file, its
// message beginning with the destination's name.
absl::Status RunBot(const Config& config, Source& source, Memory& memory, Waiter& waiter,
                    const BotOptions& options);

}  // namespace gavel::chat
