#include "clients/check/xml_text.h"

#include "engine/base/unicode.h"

namespace gavel::check {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

bool IsAllowed(uint32_t code_point) {
  if (code_point < 0x20) return code_point == '\t' || code_point == '\n' || code_point == '\r';
  return code_point != 0xFFFE && code_point != 0xFFFF;
}

}  // namespace

std::string XmlText(std::string_view text) {
  std::string allowed;
  for (size_t at = 0; at < text.size();) {
    size_t next = at;
    const auto code_point = NextCodePoint(text, next);
    if (!code_point.has_value()) {
      allowed += kReplacement;
      ++at;
      continue;
    }
    if (IsAllowed(*code_point)) allowed += text.substr(at, next - at);
    at = next;
  }
  return allowed;
}

}  // namespace gavel::check
