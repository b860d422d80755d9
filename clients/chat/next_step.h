// What to do about one message, given what the channel shows of it already.
#pragma once

#include <optional>
#include <string>

#include "clients/chat/channel.h"
#include "clients/chat/memory.h"
#include "clients/chat/message.h"

namespace gavel::chat {

enum class NextStep { kNothing, kPost, kEdit };

struct StepFacts {
  Abilities abilities;
  bool routed = false;     // A route sends it here. What is here already is kept true all the same.
  bool has_card = false;   // The message it answers is here.
  bool announced = false;  // A decision that is announced here says the same as the card.
};

// What `message` looks like to a service with these abilities: equal means nothing to do.
std::string FingerprintFor(const Message& message, const Abilities& abilities);

// `shown` is what was recorded of it; nothing where it was never sent.
NextStep DecideStep(const Message& message, const std::optional<MessageRow>& shown,
                    const StepFacts& facts);

}  // namespace gavel::chat
