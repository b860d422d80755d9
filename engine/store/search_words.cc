#include "engine/store/search_words.h"

#include <algorithm>
#include <cstddef>
#include <iterator>

#include "engine/base/error.h"
#include "fmt/format.h"

namespace gavel::store {
namespace {

constexpr size_t kMaxWordBytes = 256;

struct Range {
  char32_t first;
  char32_t last;
};

// Blocks above ASCII that hold punctuation, symbols and spaces. In order.
constexpr Range kSeparators[] = {
    {0x80, 0xA9},     {0xAB, 0xB4},     {0xB6, 0xB9},      {0xBB, 0xBF},  // Latin-1
    {0xD7, 0xD7},     {0xF7, 0xF7},                                       // × ÷
    {0x2000, 0x206F}, {0x20A0, 0x20CF},                       // General punctuation, currency
    {0x2190, 0x2BFF}, {0x2E00, 0x2E7F},                       // Arrows to symbols, more punctuation
    {0x3000, 0x3004}, {0x3008, 0x3020}, {0x3030, 0x3030},     // CJK punctuation
    {0xFE00, 0xFE1F}, {0xFE30, 0xFE6F}, {0xFEFF, 0xFEFF},     // Variants, byte order mark
    {0xFF00, 0xFF0F}, {0xFF1A, 0xFF20}, {0xFF3B, 0xFF40},     // Full-width ASCII punctuation
    {0xFF5B, 0xFF65}, {0xFFF0, 0xFFFF}, {0x1F000, 0x1FAFF}};  // Specials, pictographs

bool IsWordCodePoint(char32_t c) {
  if (c < 0x80) return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  return std::none_of(std::begin(kSeparators), std::end(kSeparators),
                      [c](const Range& range) { return range.first <= c && c <= range.last; });
}

// The length of the UTF-8 sequence that starts `text` and its code point; length 0 where the bytes
// are no UTF-8 (too short, overlong, a surrogate, or beyond U+10FFFF).
struct Decoded {
  char32_t code_point = 0;
  size_t length = 0;
};

Decoded Decode(std::string_view text) {
  const auto byte = [&](size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return {lead, 1};
  const size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || text.size() < length) return {};
  char32_t code_point = lead & (0x7Fu >> length);
  for (size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return {};
    code_point = (code_point << 6) | (byte(i) & 0x3Fu);
  }
  constexpr char32_t kSmallest[] = {0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = code_point >= 0xD800 && code_point <= 0xDFFF;
  if (code_point < kSmallest[length] || code_point > 0x10FFFF || surrogate) return {};
  return {code_point, length};
}

// Number of bytes at the start of `text` that belong to one word.
size_t WordLength(std::string_view text) {
  size_t size = 0;
  while (size < text.size()) {
    const Decoded next = Decode(text.substr(size));
    if (next.length == 0 || !IsWordCodePoint(next.code_point)) break;
    size += next.length;
  }
  return size;
}

// Lower-cased in ASCII and cut between code points.
std::string Fold(std::string_view word) {
  size_t size = std::min(word.size(), kMaxWordBytes);
  while (size < word.size() && (static_cast<unsigned char>(word[size]) & 0xC0) == 0x80) --size;
  std::string folded(word.substr(0, size));
  for (char& c : folded) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return folded;
}

}  // namespace

std::set<std::string> SearchWords(std::string_view text) {
  std::set<std::string> words;
  while (!text.empty()) {
    const size_t length = WordLength(text);
    if (length > 0) words.insert(Fold(text.substr(0, length)));
    // The byte after a word is never inside one, since it ended there; a separator of several
    // bytes is skipped byte by byte, each of them no UTF-8 by itself.
    text.remove_prefix(std::min(length + 1, text.size()));
  }
  return words;
}

absl::StatusOr<std::set<std::string>> QueryWords(const std::vector<std::string>& words) {
  std::set<std::string> folded;
  for (size_t i = 0; i < words.size(); ++i) {
    if (words[i].empty() || WordLength(words[i]) != words[i].size()) {
      return FieldError(fmt::format("words[{}]", i), "must be one word of letters and digits");
    }
    folded.insert(Fold(words[i]));
  }
  return folded;
}

}  // namespace gavel::store
