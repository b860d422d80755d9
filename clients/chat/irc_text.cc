#include "clients/chat/irc_text.h"

#include "clients/chat/text.h"
#include "fmt/format.h"

namespace gavel::chat {

std::string IrcText(const Message& message, bool again) {
  std::string text = (again ? "(again) " : "") + TextOf(message);
  // A card's fields are details; the sentence to a person says them already.
  if (message.kind != MessageKind::kCard && message.kind != MessageKind::kPerson) {
    for (const Field& field : message.fields) {
      text += fmt::format("{} {}: {}", text.ends_with('.') ? "" : ".", field.label, field.value);
    }
  }
  for (const std::string& line : message.lines) text += " | " + line;
  if (!message.url.empty()) {
    const std::string url = " " + message.url;
    if (url.size() < kIrcTextBytes / 2) {
      return ClipBytes(CleanLine(text), kIrcTextBytes - url.size()) + url;
    }
  }
  return ClipBytes(CleanLine(text), kIrcTextBytes);
}

}  // namespace gavel::chat
