#include "engine/domain/citations.h"

#include <algorithm>
#include <set>

namespace gavel {
namespace {

constexpr size_t kMostCited = 50;
constexpr size_t kMostDigits = 9;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsCapital(char c) { return c >= 'A' && c <= 'Z'; }
// Bytes of UTF-8 beyond ASCII count as letters.
bool IsWord(char c) {
  return IsDigit(c) || IsCapital(c) || (c >= 'a' && c <= 'z') || c == '_' || c == '-' ||
         (static_cast<unsigned char>(c) & 0x80) != 0;
}

// The length of the number that a key may end in at `at`; 0 where there is none.
size_t NumberLength(std::string_view text, size_t at) {
  size_t end = at;
  while (end < text.size() && IsDigit(text[end])) ++end;
  const size_t length = end - at;
  if (length == 0 || length > kMostDigits || text[at] == '0') return 0;
  // `MEDIA-42-b` and `MEDIA-42x` are other words; `MEDIA-42-` only ends a line of prose.
  if (end < text.size() && IsWord(text[end]) && text[end] != '-') return 0;
  if (end + 1 < text.size() && text[end] == '-' && IsWord(text[end + 1])) return 0;
  return length;
}

}  // namespace

std::vector<std::string> CitedKeys(std::string_view text, std::span<const std::string> prefixes) {
  std::set<std::string> keys;
  for (size_t dash = text.find('-'); dash != std::string_view::npos;
       dash = text.find('-', dash + 1)) {
    const size_t digits = NumberLength(text, dash + 1);
    if (digits == 0) continue;
    size_t begin = dash;
    while (begin > 0 && IsWord(text[begin - 1])) --begin;
    const std::string_view prefix = text.substr(begin, dash - begin);
    if (std::find(prefixes.begin(), prefixes.end(), prefix) == prefixes.end()) continue;
    keys.emplace(text.substr(begin, dash + 1 + digits - begin));
    if (keys.size() == kMostCited) break;
  }
  return {keys.begin(), keys.end()};
}

}  // namespace gavel
