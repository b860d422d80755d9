// Where one message goes.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "clients/chat/config.h"
#include "clients/chat/message.h"

namespace gavel::chat {

struct RouteHit {
  bool broadcast = true;
  std::shared_ptr<const OpenHours> window;  // Of the route; nothing for any time.
};

// The destinations of `message`: those of the first route that matches, and of every later one that
// matches while `continue` holds. Where two name a destination, the first decides.
std::map<std::string, RouteHit> RoutesOf(const Config& config, const Message& message);

}  // namespace gavel::chat
