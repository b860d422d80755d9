#include "rules/text/money.h"

#include <algorithm>

namespace gavel::rules {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

std::optional<int64_t> ParseCents(std::string_view text) {
  const size_t dot = text.find('.');
  const std::string_view whole = text.substr(0, dot);
  const std::string_view decimals =
      dot == std::string_view::npos ? std::string_view("00") : text.substr(dot + 1);
  if (whole.empty() || decimals.size() != 2 || (whole.size() > 1 && whole.front() == '0')) {
    return std::nullopt;
  }
  int64_t cents = 0;
  for (const std::string_view part : {whole, decimals}) {
    for (const char c : part) {
      if (!IsDigit(c) || __builtin_mul_overflow(cents, int64_t{10}, &cents) ||
          __builtin_add_overflow(cents, int64_t{c - '0'}, &cents)) {
        return std::nullopt;
      }
    }
  }
  return cents;
}

std::optional<int64_t> CheckedAdd(int64_t a, int64_t b) {
  int64_t sum = 0;
  if (__builtin_add_overflow(a, b, &sum)) return std::nullopt;
  return sum;
}

}  // namespace gavel::rules
