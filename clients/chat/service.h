// The bot as a service: runs until it is told to stop, and reads `notify.yaml` again on SIGHUP. A
// file that is broken, or whose credentials are missing, changes nothing: the log says so, and the
// old one stays.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "clients/chat/bot.h"
#include "clients/chat/open_channel.h"
#include "clients/common/connection.h"

namespace gavel::chat {

struct ServiceOptions {
  std::string config;  // Path of `notify.yaml`.
  client::ConnectionOptions connection;
  ChannelPlaces places;  // The bot's memory is in `places.state`.
  BotOptions bot;
};

// Blocks. Takes SIGINT, SIGTERM (both: stop, OK), SIGHUP and SIGUSR1 for itself, in every thread
// that is started from here.
//
// Errors: those of LoadConfig, OpenChannels, Memory::Open, Connection::Open and RunBot.
absl::Status RunService(const ServiceOptions& options);

}  // namespace gavel::chat
