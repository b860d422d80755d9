#include "clients/check/visible_text.h"

#include <algorithm>
#include <cstdint>
#include <optional>

#include "engine/base/unicode.h"

namespace gavel::check {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD

}  // namespace

std::string VisibleText(std::string_view text) {
  std::string shown;
  shown.reserve(text.size());
  for (size_t at = 0; at < text.size();) {
    const size_t start = at;
    const std::optional<uint32_t> code_point = NextCodePoint(text, at);
    if (!code_point) {
      shown += kReplacement;
      at = start + 1;
    } else if (IsForeignLineBreak(*code_point)) {
      shown += ' ';
    } else if (*code_point == '\n' || *code_point == '\t' || !IsUnsafeToShow(*code_point)) {
      shown += text.substr(start, at - start);
    }
  }
  return shown;
}

std::string VisibleLine(std::string_view text) {
  std::string line(text);
  std::replace_if(
      line.begin(), line.end(), [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
  return VisibleText(line);
}

}  // namespace gavel::check
