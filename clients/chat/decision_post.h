// A decision as it is announced. Built from what never changes about it, and from whether it is
// still in force: an announcement is only edited to say that it no longer holds.
#pragma once

#include "absl/time/time.h"
#include "clients/chat/message.h"
#include "gavel/v1/spec.pb.h"

namespace gavel::chat {

// Fills in everything of `message` that is about `decision`; `message` already has the spec's part.
void FillDecision(const v1::Decision& decision, const v1::Spec& spec, const absl::TimeZone& zone,
                  Message& message);

}  // namespace gavel::chat
