#include <sstream>

#include "clients/chat/local_channel.h"
#include "engine/domain/planning/time_text.h"
#include "fmt/format.h"

namespace gavel::chat {
namespace {

constexpr size_t kColumns = 96;

std::string Bold(const std::string& text, bool color) {
  return color ? "\x1b[1m" + text + "\x1b[0m" : text;
}

std::string Dim(const std::string& text, bool color) {
  return color ? "\x1b[2m" + text + "\x1b[0m" : text;
}

// `Draft → Async review → Approved`; empty for a message that always said the same.
std::string HistoryText(const LocalMessage& message) {
  if (message.history.size() < 2) return "";
  std::string text;
  for (const std::string& word : message.history) text += (text.empty() ? "" : " → ") + word;
  return text;
}

// Where a line of `kColumns` has to break at the latest: at the last blank before, if there is one.
size_t BreakAt(const std::string& line, size_t width) {
  if (line.size() <= width) return line.size();
  const size_t blank = line.rfind(' ', width);
  return blank == std::string::npos || blank < width / 2 ? line.size() : blank;
}

// How far a broken line goes in: to the column behind its label, if it has one.
size_t HangingIndent(const std::string& line) {
  constexpr size_t kDefault = 2;
  constexpr size_t kFurthest = 24;
  const size_t gap = line.find("  ");
  const size_t value = gap == std::string::npos ? gap : line.find_first_not_of(' ', gap);
  return value == std::string::npos || value > kFurthest ? kDefault : value;
}

// `text` behind `prefix` on every line, long lines broken and indented.
std::string Indented(const std::string& text, const std::string& prefix) {
  std::istringstream lines(text);
  std::string out;
  std::string line;
  while (std::getline(lines, line)) {
    const std::string hanging(HangingIndent(line), ' ');
    std::string indent;
    while (true) {
      const size_t end = BreakAt(line, kColumns - indent.size());
      out += prefix + indent + line.substr(0, end) + "\n";
      if (end == line.size()) break;
      line = line.substr(end + 1);
      indent = hanging;
    }
  }
  return out;
}

std::string ShowOne(const LocalMessage& message, const absl::TimeZone& zone, bool color) {
  const std::string prefix = message.thread.empty() ? "  " : "  │ ";
  const size_t end = message.text.find('\n');
  std::string note = message.thread.empty() ? ""
                     : message.broadcast    ? "  reply, shown to the channel"
                                            : "  reply";
  if (!message.to.empty()) note = "  to " + message.to;
  std::string out = fmt::format("{}{} {}{}\n", message.thread.empty() ? "" : "  ",
                                Dim(TimeText(message.posted, zone), color),
                                Dim(message.kind, color), Dim(note, color));
  out += Indented(Bold(message.text.substr(0, end), color), prefix);
  if (end != std::string::npos) out += Indented(message.text.substr(end + 1), prefix);
  const std::string history = HistoryText(message);
  if (!history.empty()) out += Indented(Dim("so far: " + history, color), prefix);
  return out + "\n";
}

}  // namespace

std::string ShowLocalChannel(const std::vector<LocalMessage>& messages, const absl::TimeZone& zone,
                             bool color) {
  std::string out;
  for (const LocalMessage& message : messages) {
    if (!message.thread.empty()) continue;
    out += ShowOne(message, zone, color);
    for (const LocalMessage& reply : messages) {
      if (reply.thread == message.id) out += ShowOne(reply, zone, color);
    }
  }
  return out;
}

}  // namespace gavel::chat
