#include "clients/chat/holding.h"

#include <algorithm>

namespace gavel::chat {

bool IsUrgent(MessageKind kind) {
  return kind == MessageKind::kDecision || kind == MessageKind::kCancelled;
}

absl::Time Holding::Gathered(const Message& message, absl::Time now) const {
  if (message.kind != MessageKind::kCard) return now;
  const absl::Time gathered = now + coalesce_.wait;
  const auto sent = sent_.find(message.group_key);
  if (sent == sent_.end()) return gathered;
  return std::max(gathered, sent->second + coalesce_.at_most_every);
}

void Holding::Sent(const Message& message, absl::Time now) {
  const bool limited = coalesce_.at_most_every > absl::ZeroDuration();
  if (limited && message.kind == MessageKind::kCard) sent_[message.group_key] = now;
}

}  // namespace gavel::chat
