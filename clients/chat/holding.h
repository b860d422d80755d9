// What is not sent at once: posts outside the hours of their route, and changes of one card.
//
// A decision and a cancelled meeting never wait, and what they answer goes with them. Everything
// else waits for the window of its route to open. A card also waits for the changes that follow the
// first one, and for some time since it was sent last, so that a flood of events makes few edits.
#pragma once

#include <map>
#include <string>

#include "absl/time/time.h"
#include "clients/chat/config.h"
#include "clients/chat/message.h"

namespace gavel::chat {

// True for what must not wait.
bool IsUrgent(MessageKind kind);

// For one destination, used by one thread. Times are the server's.
class Holding {
 public:
  explicit Holding(const Coalesce& coalesce) : coalesce_(coalesce) {}

  // From when a change of a card may be shown that is seen at `now` for the first time; other kinds
  // are not gathered.
  absl::Time Gathered(const Message& message, absl::Time now) const;

  // Remembered until the process ends: a restart costs at most one edit more.
  void Sent(const Message& message, absl::Time now);

 private:
  const Coalesce coalesce_;
  std::map<std::string, absl::Time> sent_;  // Cards, by group key.
};

}  // namespace gavel::chat
