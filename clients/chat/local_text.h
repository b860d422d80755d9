// Messages as plain text in lines, for the local channel and for terminals.
#pragma once

#include <string>

#include "clients/chat/message.h"

namespace gavel::chat {

// Title, state, summary, fields, table and links, one below the other; no line break at the end.
std::string LocalText(const Message& message);

}  // namespace gavel::chat
