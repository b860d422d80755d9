#include "clients/chat/text.h"

#include <cctype>
#include <cstdint>
#include <optional>

#include "engine/base/unicode.h"

namespace gavel::chat {
namespace {

constexpr char kReplacement[] = "\xEF\xBF\xBD";     // U+FFFD
constexpr char kEllipsis[] = "\xE2\x80\xA6";        // U+2026
constexpr char kZeroWidthSpace[] = "\xE2\x80\x8B";  // U+200B
constexpr size_t kEllipsisBytes = 3;

struct Piece {
  std::optional<uint32_t> code_point;  // Nothing for a byte that is no UTF-8.
  size_t bytes = 1;
};

// What `text` (not empty) begins with.
Piece Next(std::string_view text) {
  size_t offset = 0;
  const std::optional<uint32_t> code_point = NextCodePoint(text, offset);
  return {code_point, code_point ? offset : 1};
}

bool IsBlank(uint32_t c) {
  return c == ' ' || (c >= '\t' && c <= '\r') || c == 0xA0 || IsForeignLineBreak(c);
}

}  // namespace

std::string CleanLine(std::string_view text) {
  std::string out;
  bool blank = false;
  while (!text.empty()) {
    const Piece piece = Next(text);
    const std::string_view bytes = text.substr(0, piece.bytes);
    text.remove_prefix(piece.bytes);
    if (piece.code_point && IsBlank(*piece.code_point)) {
      blank = true;
      continue;
    }
    if (piece.code_point && IsUnsafeToShow(*piece.code_point)) continue;
    if (blank && !out.empty()) out += ' ';
    blank = false;
    out += piece.code_point ? bytes : std::string_view(kReplacement);
  }
  return out;
}

std::string CleanText(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const Piece piece = Next(text);
    const std::string_view bytes = text.substr(0, piece.bytes);
    text.remove_prefix(piece.bytes);
    if (!piece.code_point) {
      out += kReplacement;
    } else if (*piece.code_point == '\t') {
      out += "  ";
    } else if (*piece.code_point == '\n' || IsForeignLineBreak(*piece.code_point)) {
      out += '\n';
    } else if (!IsUnsafeToShow(*piece.code_point)) {
      out += bytes;
    }
  }
  return out;
}

std::string Clip(std::string_view text, size_t max_chars) {
  size_t kept = 0;
  size_t end = 0;  // End of the text that leaves room for the ellipsis.
  for (size_t at = 0; at < text.size(); ++kept) {
    if (kept == max_chars) return std::string(text.substr(0, end)) + kEllipsis;
    at += Next(text.substr(at)).bytes;
    if (kept + 1 < max_chars) end = at;
  }
  return std::string(text);
}

std::string ClipBytes(std::string_view text, size_t max_bytes) {
  if (text.size() <= max_bytes) return std::string(text);
  size_t end = 0;
  while (true) {
    const size_t next = end + Next(text.substr(end)).bytes;
    if (next + kEllipsisBytes > max_bytes) break;
    end = next;
  }
  return std::string(text.substr(0, end)) + kEllipsis;
}

size_t CharCount(std::string_view text) {
  size_t count = 0;
  for (; !text.empty(); ++count) text.remove_prefix(Next(text).bytes);
  return count;
}

std::string DefuseMentions(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    out += text[i];
    const bool in_word = i > 0 && std::isalnum(static_cast<unsigned char>(text[i - 1])) != 0;
    if (text[i] == '@' && !in_word) out += kZeroWidthSpace;
  }
  return out;
}

std::string ReplaceAll(std::string text, std::string_view from, std::string_view to) {
  for (size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
  return text;
}

}  // namespace gavel::chat
