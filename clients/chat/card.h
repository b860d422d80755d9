// What a channel shows of one spec, as a pure function of the spec's state.
#pragma once

#include <string>
#include <vector>

#include "absl/time/time.h"
#include "clients/chat/message.h"
#include "clients/chat/state.h"

namespace gavel::chat {

// Every message that `state` calls for, in the order they are sent: the card, its blocking
// concerns, the decisions that people made. A spec that was never submitted has none: only its
// authors and the invited may see it.
//
// Decisions older than `since` are left out: they were made before the channel was set up.
// `base_url` begins the links (`https://gavel.example`); empty for none.
std::vector<Message> SpecMessages(const SpecState& state, absl::Time since,
                                  const std::string& base_url);

}  // namespace gavel::chat
