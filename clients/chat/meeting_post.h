// Posts about meetings: the packet that goes out ahead, the notice that one is not held, and the
// notice that one has other times.
#pragma once

#include <string>

#include "clients/chat/message.h"
#include "clients/chat/state.h"
#include "gavel/v1/event.pb.h"

namespace gavel::chat {

// The agenda in rows: number, spec, minutes, what is to be decided, presenter; then the stand-by
// and who has how much to read. Carries the whole agenda as its document.
Message PacketMessage(const MeetingState& state, const std::string& base_url);

// Why there is no meeting, how many specs were approved without it, and when the next one is.
// `cancelled` is the event's; its default where only the meeting's record is known.
Message CancelledMessage(const MeetingState& state, const v1::MeetingCancelled& cancelled,
                         const std::string& base_url);

// When it is now, and why. `event` holds a MeetingMoved.
Message MovedMessage(const MeetingState& state, const v1::Event& event,
                     const std::string& base_url);

}  // namespace gavel::chat
