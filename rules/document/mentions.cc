#include "rules/document/mentions.h"

#include <algorithm>
#include <map>

#include "rules/text/unicode.h"
#include "rules/text/words.h"

namespace gavel::rules {
namespace {

// Sections that weigh what is *not* done.
constexpr std::string_view kIgnoredHeadings[] = {"alternative", "non goal", "prior art"};

// Latin letters by the Cyrillic and Greek ones that look the same.
struct LookAlike {
  uint32_t code_point;
  char latin;
};
constexpr LookAlike kLookAlikes[] = {
    {0x0430, 'a'}, {0x0435, 'e'}, {0x043E, 'o'}, {0x0440, 'p'}, {0x0441, 'c'}, {0x0443, 'y'},
    {0x0445, 'x'}, {0x0456, 'i'}, {0x0455, 's'}, {0x0458, 'j'}, {0x043A, 'k'}, {0x043C, 'm'},
    {0x0442, 't'}, {0x0410, 'a'}, {0x0412, 'b'}, {0x0415, 'e'}, {0x041A, 'k'}, {0x041C, 'm'},
    {0x041D, 'h'}, {0x041E, 'o'}, {0x0420, 'p'}, {0x0421, 'c'}, {0x0422, 't'}, {0x0425, 'x'},
    {0x03B1, 'a'}, {0x03BF, 'o'}, {0x03C1, 'p'}, {0x03BD, 'v'}, {0x039A, 'k'}, {0x0391, 'a'},
};

// The letter or digit that `code_point` is read as, in lower case; 0 for a separator.
char FoldedLetter(uint32_t code_point) {
  if (code_point >= 0xFF01 && code_point <= 0xFF5E) code_point -= 0xFEE0;  // Full-width ASCII.
  if (code_point < 0x80) {
    const char c = static_cast<char>(code_point);
    return IsAsciiAlnum(c) ? AsciiLower(std::string_view(&c, 1))[0] : '\0';
  }
  for (const LookAlike& look_alike : kLookAlikes) {
    if (look_alike.code_point == code_point) return look_alike.latin;
  }
  return '\x7F';  // Part of a word that no name of the catalog has.
}

std::vector<std::string> WordsOf(std::string_view text) {
  std::vector<std::string> words;
  bool inside = false;
  for (size_t at = 0; at < text.size();) {
    const auto code_point = NextCodePoint(text, at);
    if (!code_point) break;
    if (IsZeroWidth(*code_point)) continue;
    const char letter = FoldedLetter(*code_point);
    if (letter == '\0') {
      inside = false;
      continue;
    }
    if (!inside) words.emplace_back();
    inside = true;
    words.back() += letter;
  }
  return words;
}

struct Name {
  std::vector<std::string> words;
  const v1::Product* product;
  std::string spelling;
};

// Names by their first word.
using NameIndex = std::multimap<std::string, Name, std::less<>>;

NameIndex IndexNames(const v1::Catalog& catalog) {
  NameIndex index;
  const auto add = [&](const v1::Product& product, const std::string& name) {
    std::vector<std::string> words = WordsOf(name);
    if (words.empty()) return;
    const std::string first = words.front();
    index.emplace(first, Name{std::move(words), &product, name});
  };
  for (const v1::Product& product : catalog.products()) {
    add(product, product.id());
    for (const std::string& alias : product.aliases()) add(product, alias);
  }
  return index;
}

// True for lines below a heading on alternatives and the like.
std::vector<bool> IgnoredLines(const Outline& outline) {
  std::vector<bool> ignored(outline.lines.size(), false);
  for (const Heading& heading : outline.headings) {
    const std::string text = NormalizedHeading(heading.text);
    const bool matches =
        std::any_of(std::begin(kIgnoredHeadings), std::end(kIgnoredHeadings),
                    [&](std::string_view word) { return text.find(word) != std::string::npos; });
    if (!matches) continue;
    std::fill(ignored.begin() + static_cast<std::ptrdiff_t>(heading.first) - 1,
              ignored.begin() + static_cast<std::ptrdiff_t>(heading.last), true);
  }
  return ignored;
}

bool StandsAt(const Name& name, const std::vector<std::string>& words, size_t at) {
  return at + name.words.size() <= words.size() &&
         std::equal(name.words.begin(), name.words.end(),
                    words.begin() + static_cast<std::ptrdiff_t>(at));
}

}  // namespace

std::vector<Mention> FindMentions(const v1::Catalog& catalog, const Outline& outline) {
  const NameIndex index = IndexNames(catalog);
  const std::vector<bool> ignored = IgnoredLines(outline);
  std::map<std::string, Mention> mentions;
  for (size_t i = 0; i < outline.lines.size(); ++i) {
    const BodyLine& line = outline.lines[i];
    if (line.code || ignored[i]) continue;
    const std::vector<std::string> words = WordsOf(WithoutUrls(line.text));
    for (size_t at = 0; at < words.size(); ++at) {
      const auto [first, last] = index.equal_range(words[at]);
      for (auto name = first; name != last; ++name) {
        if (!StandsAt(name->second, words, at)) continue;
        const std::string& product = name->second.product->id();
        mentions.try_emplace(product, Mention{product, name->second.spelling, line.number});
      }
    }
  }
  std::vector<Mention> sorted;
  for (auto& [product, mention] : mentions) sorted.push_back(std::move(mention));
  return sorted;
}

}  // namespace gavel::rules
