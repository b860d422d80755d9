// What the bot remembers to have sent, read while it may be running.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "clients/chat/memory.h"

namespace gavel::chat {

struct SentRow {
  std::string destination;
  std::string group_key;  // `card/MEDIA-42`.
  int64_t seq = 0;        // Of the event that it shows.
  Placement placement;    // Where it stands in the service.
  MessageRow::Fate fate = MessageRow::Fate::kLive;
  int attempts = 0;     // That failed so far; 0 for what was sent.
  std::string problem;  // Why the last one failed, redacted; empty for what was sent.
};

// What was sent and what could not be, oldest first. The bot holds its memory alone while it runs,
// so this reads a copy; nothing is changed.
//
// Errors: NOT_FOUND without a memory in `folder`; UNAVAILABLE where the bot keeps writing to it;
// INTERNAL with SQLite's words.
absl::StatusOr<std::vector<SentRow>> ReadSentLog(const std::string& folder);

}  // namespace gavel::chat
