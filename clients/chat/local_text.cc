#include "clients/chat/local_text.h"

#include <algorithm>

#include "clients/chat/text.h"
#include "fmt/format.h"

namespace gavel::chat {
namespace {

// Labels line up, so that a card reads like a small table.
std::string FieldLines(const Message& message) {
  size_t width = 0;
  for (const Field& field : message.fields) width = std::max(width, field.label.size());
  std::string text;
  for (const Field& field : message.fields) {
    text += fmt::format("\n{:<{}}  {}", field.label, width, field.value);
  }
  return text;
}

}  // namespace

std::string LocalText(const Message& message) {
  std::string text = message.title;
  if (message.kind != MessageKind::kCard) {  // A card's first field says it.
    text += "\n" + HeadLine(message);
  }
  if (!message.summary.empty()) text += "\n" + message.summary;
  text += FieldLines(message);
  for (const std::string& line : message.lines) text += "\n" + line;
  for (const Link& link : message.links) text += fmt::format("\n{}: {}", link.label, link.url);
  if (!message.footer.empty()) text += "\n" + message.footer;
  return text;
}

}  // namespace gavel::chat
