// Posts about the review itself, rendered from the event that raised them.
#pragma once

#include <string>

#include "clients/chat/message.h"
#include "gavel/v1/event.pb.h"

namespace gavel::chat {

// What is wrong, with the figures, the specs behind it and what to try. Of a HealthAlertRaised.
Message AlertMessage(const v1::Event& event);

// Which rule was stopped, why, and how a person lets it go on. Of a BreakerOpened.
Message BreakerMessage(const v1::Event& event);

// Which specs were passed over too often, and whose decision an extra session is. Of an
// ExtraSessionProposed.
Message SessionMessage(const v1::Event& event);

}  // namespace gavel::chat
