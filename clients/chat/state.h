// What the server says now about one subject: everything a message is made from.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "clients/chat/message.h"
#include "gavel/v1/meeting.pb.h"
#include "gavel/v1/org.pb.h"
#include "gavel/v1/spec.pb.h"

namespace gavel::chat {

struct SpecState {
  v1::Spec spec;
  v1::Turn turn;                       // Whose turn, in the server's words.
  std::string state_text;              // One sentence about the state, in the server's words.
  std::optional<v1::Meeting> meeting;  // The one it has a slot on.
  absl::TimeZone zone;                 // The area's.
};

struct MeetingState {
  v1::Meeting meeting;
  std::vector<v1::Spec> specs;     // Those of its slots and its stand-by, in any order.
  std::optional<absl::Time> next;  // The area's next meeting after it that is on.
  int64_t seq = 0;                 // Where the log stood.
  Document agenda;                 // As frozen; empty unless asked for.
  Document minutes;                // As published; empty unless asked for.
};

struct PersonState {
  v1::Person person;
  absl::TimeZone zone;  // What times are shown in.
};

}  // namespace gavel::chat
