// Messages as one IRC line.
#pragma once

#include <cstddef>
#include <string>

#include "clients/chat/message.h"

namespace gavel::chat {

// A server adds our own prefix and cuts at 512 bytes; 400 always arrive whole.
inline constexpr size_t kIrcTextBytes = 400;

// At most kIrcTextBytes, without line breaks or control codes, so that no text can smuggle in a
// command of its own.
std::string IrcText(const Message& message, bool again);

}  // namespace gavel::chat
