#include "clients/chat/message.h"

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
    case MessageKind::kMoved:
      return "meeting_moved";
    case MessageKind::kMinutes:
      return "minutes";
    case MessageKind::kAlert:
      return "alert";
    case MessageKind::kBreaker:
      return "breaker";
    case MessageKind::kSession:
      return "extra_session";
    case MessageKind::kPerson:
      return "person";
  }
  return "unknown";
}

std::optional<MessageKind> ParseKind(std::string_view word) {
  for (int i = 0; i <= static_cast<int>(MessageKind::kPerson); ++i) {
    const auto kind = static_cast<MessageKind>(i);
    if (KindName(kind) == word) return kind;
  }
  return std::nullopt;
}

std::string StatusLine(const Message& message) {
  if (message.sentence.empty()) return message.word;
  const bool is_list = message.kind == MessageKind::kPerson && !message.fields.empty();
  const bool goes_on = message.word.ends_with(" if");
  return message.word + (is_list ? ": " : goes_on ? " " : ". ") + message.sentence;
}

std::string HeadLine(const Message& message) {
  return message.kind == MessageKind::kPerson ? message.word + "." : StatusLine(message);
}

std::string TextOf(const Message& message) {
  const char* const end = message.kind == MessageKind::kPerson ? "." : ":";
  return fmt::format("{}{} {}", message.title, end, StatusLine(message));
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
