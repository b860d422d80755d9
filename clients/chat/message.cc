#include "clients/chat/message.h"

#include <string_view>

#include "engine/base/sha256.h"
#include "fmt/format.h"

namespace gavel::chat {
namespace {

// Length-prefixed, so that moving a boundary changes the hash.
void Feed(std::string& input, std::string_view part) {
  input += fmt::format("{}:{}", part.size(), part);
}

}  // namespace

std::string KindName(MessageKind kind) {
  switch (kind) {
    case MessageKind::kCard:
      return "card";
    case MessageKind::kConcern:
      return "concern";
    case MessageKind::kDecision:
      return "decision";
    case MessageKind::kPacket:
      return "packet";
    case MessageKind::kCancelled:
      return "meeting_cancelled";
  }
  return "unknown";
}

std::string StatusLine(const Message& message) {
  if (message.sentence.empty()) return message.word;
  const bool goes_on = message.word.ends_with(" if");
  return message.word + (goes_on ? " " : ". ") + message.sentence;
}

std::string TextOf(const Message& message) {
  return fmt::format("{}: {}", message.title, StatusLine(message));
}

std::string Fingerprint(const Message& message) {
  std::string input;
  for (const std::string& part : {KindName(message.kind), message.title, message.url, message.word,
                                  message.sentence, message.summary, message.footer}) {
    Feed(input, part);
  }
  for (const Field& field : message.fields) {
    Feed(input, field.label);
    Feed(input, field.value);
  }
  for (const std::string& line : message.lines) Feed(input, line);
  for (const Link& link : message.links) {
    Feed(input, link.label);
    Feed(input, link.url);
  }
  return Sha256Hex(input);
}

std::string MilestoneFingerprint(const Message& message) { return Sha256Hex(message.milestone); }

}  // namespace gavel::chat
