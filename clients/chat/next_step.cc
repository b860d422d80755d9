#include "clients/chat/next_step.h"

namespace gavel::chat {
namespace {

bool IsSentOnce(MessageKind kind) {
  return kind == MessageKind::kPacket || kind == MessageKind::kCancelled;
}

NextStep FirstStep(const Message& message, const StepFacts& facts) {
  if (!facts.routed || !message.is_news) return NextStep::kNothing;
  if (message.kind == MessageKind::kConcern && !(facts.abilities.thread && facts.has_card)) {
    return NextStep::kNothing;
  }
  const bool repeats = message.kind == MessageKind::kCard && facts.announced;
  return repeats && !facts.abilities.edit ? NextStep::kNothing : NextStep::kPost;
}

}  // namespace

std::string FingerprintFor(const Message& message, const Abilities& abilities) {
  return abilities.edit ? Fingerprint(message) : MilestoneFingerprint(message);
}

NextStep DecideStep(const Message& message, const std::optional<MessageRow>& shown,
                    const StepFacts& facts) {
  if (!shown) return FirstStep(message, facts);
  if (shown->fate == MessageRow::Fate::kMuted || IsSentOnce(message.kind) ||
      shown->fingerprint == FingerprintFor(message, facts.abilities)) {
    return NextStep::kNothing;
  }
  if (facts.abilities.edit) return NextStep::kEdit;
  // The second post of a card says that its spec has moved on.
  return message.kind == MessageKind::kCard ? FirstStep(message, facts) : NextStep::kNothing;
}

}  // namespace gavel::chat
