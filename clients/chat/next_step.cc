#include "clients/chat/next_step.h"

namespace gavel::chat {
namespace {

// What stands for a spec changes with it; everything else is said once.
bool IsKept(MessageKind kind) {
  return kind == MessageKind::kCard || kind == MessageKind::kConcern ||
         kind == MessageKind::kDecision;
}

NextStep FirstStep(const Message& message, const StepFacts& facts) {
  if (!facts.routed || !message.is_news) return NextStep::kNothing;
  const bool is_notice =
      message.kind == MessageKind::kCard || message.kind == MessageKind::kConcern;
  if (is_notice && !facts.abilities.cards) return NextStep::kNothing;
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
  if (shown->fate == MessageRow::Fate::kMuted || !IsKept(message.kind) ||
      shown->fingerprint == FingerprintFor(message, facts.abilities)) {
    return NextStep::kNothing;
  }
  if (facts.abilities.edit) return NextStep::kEdit;
  // The second post of a card says that its spec has moved on.
  return message.kind == MessageKind::kCard ? FirstStep(message, facts) : NextStep::kNothing;
}

}  // namespace gavel::chat
