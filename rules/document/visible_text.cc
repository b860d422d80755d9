#include "rules/document/visible_text.h"

#include <algorithm>
#include <cstdint>

#include "rules/text/words.h"

namespace gavel::rules {
namespace {

constexpr size_t kMaxTagBytes = 2048;
constexpr size_t kMaxReferenceBytes = 32;
// Longer runs without a space are no word, hash or path but an encoded file.
constexpr size_t kEncodedBytes = 200;

// `&name;` as text. Those that matter here are the invisible ones.
struct NamedReference {
  std::string_view name;
  std::string_view text;
};
constexpr NamedReference kReferences[] = {
    {"amp", "&"}, {"nbsp", " "}, {"ensp", " "},  {"emsp", " "},          {"thinsp", " "},
    {"shy", ""},  {"zwj", ""},   {"zwnj", ""},   {"ZeroWidthSpace", ""}, {"NoBreak", ""},
    {"lt", "<"},  {"gt", ">"},   {"quot", "\""},
};

void AppendUtf8(uint32_t c, std::string& text) {
  if (c < 0x80) {
    text += static_cast<char>(c);
  } else if (c < 0x800) {
    text += static_cast<char>(0xC0 | (c >> 6));
    text += static_cast<char>(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    text += static_cast<char>(0xE0 | (c >> 12));
    text += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    text += static_cast<char>(0x80 | (c & 0x3F));
  } else {
    text += static_cast<char>(0xF0 | (c >> 18));
    text += static_cast<char>(0x80 | ((c >> 12) & 0x3F));
    text += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    text += static_cast<char>(0x80 | (c & 0x3F));
  }
}

// Appends what `#107`, `#x6B` or `shy` stands for; false for what is no reference.
bool Decode(std::string_view name, std::string& text) {
  if (!name.starts_with('#')) {
    for (const NamedReference& reference : kReferences) {
      if (reference.name != name) continue;
      text += reference.text;
      return true;
    }
    return false;
  }
  name.remove_prefix(1);
  const bool hex = name.starts_with('x') || name.starts_with('X');
  if (hex) name.remove_prefix(1);
  uint32_t value = 0;
  if (name.empty() || name.size() > 7) return false;
  for (const char c : AsciiLower(name)) {
    const bool digit = c >= '0' && c <= '9';
    if (!digit && !(hex && c >= 'a' && c <= 'f')) return false;
    value = value * (hex ? 16 : 10) + static_cast<uint32_t>(digit ? c - '0' : c - 'a' + 10);
  }
  if (value == 0 || value > 0x10FFFF || (value >= 0xD800 && value < 0xE000)) return false;
  AppendUtf8(value, text);
  return true;
}

// Length of the tag at the start of `text`; 0 where there is none. `<https://…>` is a link.
size_t TagLength(std::string_view text) {
  size_t at = text.starts_with("</") ? 2 : 1;
  const size_t name = at;
  while (at < text.size() && (IsAsciiAlnum(text[at]) || text[at] == '-')) ++at;
  const bool named = at > name && !(text[name] >= '0' && text[name] <= '9');
  if (!named || at == text.size() || std::string_view(" \t/>").find(text[at]) == text.npos)
    return 0;
  const size_t end = text.substr(0, kMaxTagBytes).find('>', at);
  return end == std::string_view::npos ? 0 : end + 1;
}

// Length of the markup at the start of `text`; 0 where there is none.
size_t MarkupLength(std::string_view text) {
  if (text.front() == '<') return TagLength(text);
  if (text.front() != '*' && text.front() != '~') return 0;
  return std::min(text.find_first_not_of(text.front()), text.size());
}

bool InsideWord(char c) { return IsAsciiAlnum(c) || static_cast<unsigned char>(c) >= 0x80; }

std::string WithoutMarkup(std::string_view line, std::string_view instead, bool& inside_word) {
  std::string text;
  for (size_t at = 0; at < line.size();) {
    const std::string_view rest = line.substr(at);
    if (const size_t length = MarkupLength(rest); length > 0) {
      const bool before = !text.empty() && InsideWord(text.back());
      inside_word = inside_word || (before && length < rest.size());
      text += instead;
      at += length;
      continue;
    }
    const size_t end =
        rest.front() == '&' ? rest.substr(0, kMaxReferenceBytes).find(';') : std::string_view::npos;
    if (end != std::string_view::npos && Decode(rest.substr(1, end - 1), text)) {
      at += end + 1;
      continue;
    }
    text += rest.front();
    ++at;
  }
  return text;
}

bool IsEncoded(char c) { return IsAsciiAlnum(c) || c == '+' || c == '/' || c == '='; }

// Looks at each window from its end: what breaks a block there saves looking at what stands before.
bool HasEncodedBlock(std::string_view line) {
  for (size_t start = 0; start + kEncodedBytes <= line.size();) {
    size_t at = start + kEncodedBytes;
    while (at > start && IsEncoded(line[at - 1])) --at;
    if (at == start) return true;
    start = at;
  }
  return false;
}

bool HasImageOrHtml(std::string_view line) {
  bool code = false;
  for (size_t at = 0; (at = line.find_first_of("!<`", at)) != std::string_view::npos; ++at) {
    const std::string_view rest = line.substr(at);
    if (rest.front() == '`') code = !code;
    if (code) continue;
    if (rest.starts_with("![") || (rest.front() == '<' && TagLength(rest) > 0)) return true;
  }
  return false;
}

}  // namespace

std::vector<std::string> VisibleReadings(std::string_view line) {
  const std::string text = WithoutUrls(line);
  if (text.find_first_of("<*~&") == std::string::npos) return {text};
  bool inside_word = false;
  std::vector<std::string> readings = {WithoutMarkup(text, " ", inside_word)};
  if (inside_word) readings.push_back(WithoutMarkup(text, "", inside_word));
  return readings;
}

int FirstUnreadLine(const Outline& outline) {
  for (const BodyLine& line : outline.lines) {
    if (HasEncodedBlock(line.text) || (!line.code && HasImageOrHtml(line.text))) return line.number;
  }
  return 0;
}

}  // namespace gavel::rules
