// One worker per destination and one for people, each on its own thread: a slow or broken
// destination holds up nobody.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "clients/chat/config.h"
#include "clients/chat/memory.h"
#include "clients/chat/open_channel.h"
#include "clients/chat/source.h"
#include "clients/chat/waiter.h"

namespace gavel::chat {

struct OpenDestination {
  const Destination* destination = nullptr;  // Of the config.
  std::unique_ptr<Channel> channel;
};

struct Channels {
  std::vector<OpenDestination> routed;    // For what routes send.
  std::vector<OpenDestination> personal;  // For what people are told alone.
};

// Every channel that `config` needs; connects to nothing yet. `config` must outlive them.
//
// Errors: those of OpenChannel, the message beginning with the destination's name.
absl::StatusOr<Channels> OpenChannels(const Config& config, const ChannelPlaces& places);

struct BotOptions {
  bool once = false;
  std::function<void()> after_send;  // Called by every worker's thread. May be empty.
};

// Runs every worker until each has ended: when the bot is to stop, at the head of the log with
// `once`, or with an error of its own. Blocks. The first error in the order of the file, its
// message beginning with the destination's name.
absl::Status RunBot(const Config& config, const Channels& channels, Source& source, Memory& memory,
                    Waiter& waiter, const BotOptions& options);

}  // namespace gavel::chat
