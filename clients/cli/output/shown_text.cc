#include "clients/cli/output/shown_text.h"

#include <cstdint>
#include <optional>

#include "rules/text/unicode.h"

namespace gavel::cli {
namespace {

constexpr char kEscape = '\033';
constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD

// Where a colour of ours (`ESC [ digits m`) at `at` ends; `at` where there is none.
size_t EndOfColor(std::string_view text, size_t at) {
  size_t end = at + 1;
  if (end >= text.size() || text[end] != '[') return at;
  while (++end < text.size() && text[end] >= '0' && text[end] <= '9') {
  }
  return end < text.size() && text[end] == 'm' ? end + 1 : at;
}

bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

// `text` with `before` in front of every line but the first. A last line feed begins no line.
std::string Behind(std::string_view text, std::string_view before) {
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.remove_suffix(1);
  std::string out;
  for (const char c : text) {
    out += c;
    if (c == '\n') out += before;
  }
  return out;
}

}  // namespace

std::string ShownText(std::string_view text, bool color) {
  std::string shown;
  shown.reserve(text.size());
  for (size_t at = 0; at < text.size();) {
    if (text[at] == kEscape && color) {
      const size_t end = EndOfColor(text, at);
      shown += text.substr(at, end - at);
      at = end > at ? end : at + 1;
      continue;
    }
    const size_t start = at;
    const std::optional<uint32_t> code_point = rules::NextCodePoint(text, at);
    if (!code_point) {
      shown += kReplacement;
      ++at;
    } else if (*code_point == '\n' || *code_point == '\t' || !rules::IsUnsafeToShow(*code_point)) {
      shown += rules::IsForeignLineBreak(*code_point) ? " " : text.substr(start, at - start);
    }
  }
  return shown;
}

std::string OneLine(std::string_view text) {
  std::string line;
  for (const char c : text) {
    if (!IsBlank(c)) {
      line += c;
    } else if (!line.empty() && line.back() != ' ') {
      line += ' ';
    }
  }
  if (!line.empty() && line.back() == ' ') line.pop_back();
  return line;
}

std::string Hanging(std::string_view text, size_t columns) {
  return Behind(text, std::string(columns, ' '));
}

std::string Quoted(std::string_view text, std::string_view indent) {
  const std::string before = std::string(indent) + "> ";
  return before + Behind(text, before);
}

}  // namespace gavel::cli
