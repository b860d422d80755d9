#include "engine/base/unicode.h"

#include <fmt/format.h>

namespace gavel {
namespace {

// Length of a sequence by its first byte, and the payload bits of that byte.
struct Lead {
  int length;
  uint32_t bits;
};

std::optional<Lead> LeadOf(unsigned char byte) {
  if (byte < 0x80) return Lead{1, byte};
  if (byte >= 0xC2 && byte < 0xE0) return Lead{2, byte & 0x1Fu};
  if (byte >= 0xE0 && byte < 0xF0) return Lead{3, byte & 0x0Fu};
  if (byte >= 0xF0 && byte < 0xF5) return Lead{4, byte & 0x07u};
  return std::nullopt;
}

}  // namespace

std::optional<uint32_t> NextCodePoint(std::string_view bytes, size_t& offset) {
  const auto lead = LeadOf(static_cast<unsigned char>(bytes[offset]));
  if (!lead || offset + static_cast<size_t>(lead->length) > bytes.size()) return std::nullopt;
  uint32_t code_point = lead->bits;
  for (int i = 1; i < lead->length; ++i) {
    const auto byte = static_cast<unsigned char>(bytes[offset + static_cast<size_t>(i)]);
    if ((byte & 0xC0) != 0x80) return std::nullopt;
    code_point = (code_point << 6) | (byte & 0x3Fu);
  }
  constexpr uint32_t kSmallest[] = {0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = code_point >= 0xD800 && code_point < 0xE000;
  if (code_point < kSmallest[lead->length] || code_point > 0x10FFFF || surrogate) {
    return std::nullopt;
  }
  offset += static_cast<size_t>(lead->length);
  return code_point;
}

std::optional<size_t> FirstInvalidUtf8(std::string_view bytes) {
  for (size_t offset = 0; offset < bytes.size();) {
    if (static_cast<unsigned char>(bytes[offset]) < 0x80) {
      ++offset;  // Most texts are nothing else.
    } else if (!NextCodePoint(bytes, offset)) {
      return offset;
    }
  }
  return std::nullopt;
}

bool IsBidiControl(uint32_t code_point) {
  return (code_point >= 0x202A && code_point <= 0x202E) ||
         (code_point >= 0x2066 && code_point <= 0x2069);
}

bool IsZeroWidth(uint32_t code_point) {
  return code_point == 0xAD || code_point == 0x180E || code_point == 0xFEFF ||
         (code_point >= 0x200B && code_point <= 0x200F) ||
         (code_point >= 0x2060 && code_point <= 0x2064);
}

bool IsForeignLineBreak(uint32_t code_point) {
  return code_point == 0x85 || code_point == 0x2028 || code_point == 0x2029;
}

bool IsUnsafeToShow(uint32_t code_point) {
  constexpr uint32_t kZeroWidthJoiner = 0x200D;
  const bool control = code_point < 0x20 || (code_point >= 0x7F && code_point <= 0x9F);
  const bool arabic_mark = code_point == 0x61C;
  const bool tag = code_point >= 0xE0000 && code_point <= 0xE007F;
  return control || arabic_mark || tag || IsForeignLineBreak(code_point) ||
         IsBidiControl(code_point) || (IsZeroWidth(code_point) && code_point != kZeroWidthJoiner);
}

bool IsUnsafeInName(uint32_t code_point) {
  return IsUnsafeToShow(code_point) || IsZeroWidth(code_point);
}

std::optional<FoundCharacter> FindCharacter(std::string_view text, bool (*predicate)(uint32_t)) {
  for (size_t offset = 0; offset < text.size();) {
    const size_t start = offset;
    const auto code_point = NextCodePoint(text, offset);
    if (!code_point) return std::nullopt;
    if (predicate(*code_point)) return FoundCharacter{*code_point, start};
  }
  return std::nullopt;
}

std::string CodePointText(uint32_t code_point) { return fmt::format("U+{:04X}", code_point); }

std::string InvisibleText(uint32_t code_point) {
  if (code_point == '\n') return "a line break";
  if (code_point == '\t') return "a tab";
  return "the invisible character " + CodePointText(code_point);
}

}  // namespace gavel
