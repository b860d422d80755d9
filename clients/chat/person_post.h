// What waits for one person, as that person reads it.
#pragma once

#include <string>

#include "absl/time/time.h"
#include "clients/chat/message.h"
#include "clients/chat/state.h"
#include "gavel/v1/event.pb.h"

namespace gavel::chat {

// `person/dee/2026-12-08`: one message per person and day, whatever the way it takes.
std::string PersonKey(const v1::PersonNotified& told);

// One field per item, most pressing first, and all of it in one sentence. `event` holds a
// PersonNotified; days are told as seen from `now`, so that a late message does not call yesterday
// today.
Message PersonMessage(const PersonState& state, const v1::Event& event, absl::Time now,
                      const std::string& base_url);

}  // namespace gavel::chat
