// Posts about meetings: the packet that goes out ahead, and the notice that one is not held.
#pragma once

#include <string>

#include "clients/chat/message.h"
#include "clients/chat/state.h"

namespace gavel::chat {

// The agenda in rows: number, spec, minutes, what is to be decided, presenter; then the stand-by.
Message PacketMessage(const MeetingState& state, const std::string& base_url);

// Why there is no meeting, and when the next one is.
Message CancelledMessage(const MeetingState& state, const std::string& base_url);

}  // namespace gavel::chat
