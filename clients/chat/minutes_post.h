// What a meeting came to, in short: one row per item and where to read the rest.
#pragma once

#include <string>

#include "clients/chat/message.h"
#include "clients/chat/state.h"

namespace gavel::chat {

// Carries the minutes as its document.
Message MinutesMessage(const MeetingState& state, const std::string& base_url);

}  // namespace gavel::chat
