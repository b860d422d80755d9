// A message as one service would get it, for people who look at it before it is sent.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "clients/chat/message.h"

namespace gavel::chat {

// `slack` (JSON), `slack-webhook` (JSON), `irc` (one line), `email` (headers and body) or `local`.
// Nothing for another word. Mails are from and to addresses of example.org.
std::optional<std::string> RenderFor(std::string_view service, const Message& message);

}  // namespace gavel::chat
