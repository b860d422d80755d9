#include "engine/domain/planning/wording.h"

#include <fmt/format.h>

#include "engine/base/unicode.h"

namespace gavel {

std::string NumberText(int number) {
  std::string digits = fmt::format("{}", number);
  const std::size_t first_digit = number < 0 ? 1 : 0;
  for (std::size_t at = digits.size(); at > first_digit + 3;) {
    at -= 3;
    digits.insert(at, ",");
  }
  return digits;
}

std::string CountText(int count, std::string_view noun) {
  return fmt::format("{} {}{}", NumberText(count), noun, count == 1 ? "" : "s");
}

std::string OrdinalText(int number) {
  const int last_two = number % 100;
  const bool is_teen = last_two >= 11 && last_two <= 13;
  const char* suffix = "th";
  if (!is_teen && number % 10 == 1) suffix = "st";
  if (!is_teen && number % 10 == 2) suffix = "nd";
  if (!is_teen && number % 10 == 3) suffix = "rd";
  return NumberText(number) + suffix;
}

std::string ListText(std::span<const std::string> words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) text += i + 1 == words.size() ? " and " : ", ";
    text += words[i];
  }
  return text;
}

namespace {

bool IsBlank(uint32_t code_point) {
  return code_point <= ' ' || (code_point >= 0x7F && code_point < 0xA0) ||
         IsForeignLineBreak(code_point);
}

}  // namespace

std::string OneLine(std::string_view text) {
  std::string line;
  bool gap = false;
  for (size_t at = 0; at < text.size();) {
    const size_t begin = at;
    const auto code_point = NextCodePoint(text, at);
    if (!code_point) ++at;  // Such a byte passes: it shows as one, and moves nothing.
    if (code_point && IsBlank(*code_point)) {
      gap = !line.empty();
    } else if (!code_point || !IsUnsafeToShow(*code_point)) {
      if (gap) line += ' ';
      gap = false;
      line += text.substr(begin, at - begin);
    }
  }
  return line;
}

}  // namespace gavel
