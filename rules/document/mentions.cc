#include "rules/document/mentions.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <unordered_map>

#include "engine/base/unicode.h"
#include "rules/document/visible_text.h"
#include "rules/finding_codes.h"
#include "rules/text/look_alikes.h"
#include "rules/text/words.h"

namespace gavel::rules {
namespace {

// Sections that weigh what is *not* done.
constexpr std::string_view kIgnoredHeadings[] = {"alternative", "non goal", "prior art"};
// Shorter ASCII words look like too many others: M1 is not meant as `ml`.
constexpr size_t kMinLookAlike = 4;

// A longer word is no name, whatever it looks like.
constexpr size_t kMaxWordBytes = 256;

// A word of a text, not yet compared with anything.
struct Token {
  std::string_view raw;
  bool ascii = true;
  bool like_another = false;  // An ASCII word that may look like another one.
};

bool IsAscii(char c) { return static_cast<unsigned char>(c) < 0x80; }

void Tokenize(std::string_view text, std::vector<Token>& tokens) {
  tokens.clear();
  for (size_t at = 0; at < text.size();) {
    const size_t start = at;
    bool ascii = true, like_another = false;
    while (at < text.size()) {
      const char c = text[at];
      if (IsAscii(c)) {
        if (!IsAsciiAlnum(c)) break;
        const bool r_before = at > start && text[at - 1] == 'r';
        like_another = like_another || c == '0' || c == '1' || c == 'I' || (c == 'n' && r_before);
        ++at;
        continue;
      }
      size_t next = at;
      const auto code_point = NextCodePoint(text, next);
      if (!code_point || !IsWordCharacter(*code_point)) break;
      ascii = false;
      at = next;
    }
    if (at > start) {
      tokens.push_back({text.substr(start, at - start), ascii, like_another});
    } else if (IsAscii(text[at]) || !NextCodePoint(text, at)) {
      ++at;
    }
  }
}

// A word in the two forms in which words are compared.
struct Word {
  std::string exact;  // ASCII in lower case.
  std::string looks;  // What it looks like; empty where that does not count.
};

bool Same(const Word& name, const Word& word) {
  return name.exact == word.exact || (!name.looks.empty() && name.looks == word.looks);
}

struct Name {
  std::vector<Word> words;
  const v1::Product* product;
  std::string spelling;
};

// The names of a catalog by their first word, with a filter that passes few other words.
class NameIndex {
 public:
  NameIndex(const v1::Catalog& catalog, LookAlikes& look_alikes) : look_alikes_(look_alikes) {
    for (const v1::Product& product : catalog.products()) {
      Add(product, product.id());
      for (const std::string& alias : product.aliases()) Add(product, alias);
    }
  }

  // A word of the text.
  Word Read(const Token& token) {
    Word word{.exact = AsciiLower(token.raw), .looks = {}};
    if (!token.ascii || token.raw.size() >= kMinLookAlike) word.looks = look_alikes_.Of(token.raw);
    return word;
  }

  // False for most words that start no name.
  bool MayStart(const Token& token) const {
    if (token.raw.size() > kMaxWordBytes) return false;
    if (!token.ascii || all_look_alike_) return true;
    const auto first = static_cast<unsigned char>(token.raw.front() | 0x20);
    const size_t length = std::min(token.raw.size(), kLongest);
    return (lengths_[first] >> length & 1) != 0 || token.like_another;
  }

  template <typename Visit>
  void ForEachStartingWith(const Word& word, Visit visit) const {
    for (const auto* index : {&exact_, &looks_}) {
      const auto [begin, end] = index->equal_range(index == &exact_ ? word.exact : word.looks);
      for (auto name = begin; name != end; ++name) visit(name->second);
    }
  }

 private:
  static constexpr size_t kLongest = 63;

  void Add(const v1::Product& product, const std::string& spelling) {
    std::vector<Token> tokens;
    Tokenize(spelling, tokens);
    if (tokens.empty()) return;
    Name name{.words = {}, .product = &product, .spelling = spelling};
    for (const Token& token : tokens) {
      const std::string exact = AsciiLower(token.raw);
      name.words.push_back({.exact = exact, .looks = look_alikes_.Of(exact)});
    }
    const Word& first = name.words.front();
    lengths_[static_cast<unsigned char>(first.exact.front() | 0x20)] |=
        uint64_t{1} << std::min(first.exact.size(), kLongest);
    // `kafkal` looks like a name `kafka1` and has nothing to show for it.
    all_look_alike_ = all_look_alike_ || (!first.looks.empty() &&
                                          first.exact.find_first_of("01") != std::string::npos);
    if (!first.looks.empty()) looks_.emplace(first.looks, name);
    exact_.emplace(first.exact, std::move(name));
  }

  LookAlikes& look_alikes_;
  std::array<uint64_t, 256> lengths_ = {};  // By first byte: bit n where a name has n bytes.
  bool all_look_alike_ = false;
  std::unordered_multimap<std::string, Name> exact_;
  std::unordered_multimap<std::string, Name> looks_;
};

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

bool HasInvisible(std::string_view word) {
  return FindCharacter(word, [](uint32_t c) { return IsZeroWidth(c) || IsBidiControl(c); })
      .has_value();
}

class Finder {
 public:
  explicit Finder(const v1::Catalog& catalog) : index_(catalog, look_alikes_) {}

  void Read(const BodyLine& line) {
    for (const std::string& text : VisibleReadings(line.text)) {
      Tokenize(text, tokens_);
      for (size_t at = 0; at < tokens_.size(); ++at) {
        if (!tokens_[at].ascii) CheckDisguise(tokens_[at].raw, line.number);
        if (index_.MayStart(tokens_[at])) Match(at, line.number);
      }
    }
  }

  Mentions Finish() {
    for (auto& [product, mention] : found_) mentions_.products.push_back(std::move(mention));
    return std::move(mentions_);
  }

 private:
  void Match(size_t at, int line) {
    const Word first = index_.Read(tokens_[at]);
    index_.ForEachStartingWith(first, [&](const Name& name) {
      if (at + name.words.size() > tokens_.size()) return;
      bool exact = name.words.front().exact == first.exact;
      for (size_t i = 1; i < name.words.size(); ++i) {
        const Word word = index_.Read(tokens_[at + i]);
        if (!Same(name.words[i], word)) return;
        exact = exact && name.words[i].exact == word.exact;
      }
      found_.try_emplace(name.product->id(), Mention{name.product->id(), name.spelling, line});
      if (!exact) Disguised(tokens_[at].raw, line);
    });
  }

  void CheckDisguise(std::string_view word, int line) {
    const bool latin = std::count_if(word.begin(), word.end(), IsAscii) >= 2;
    if ((latin && HasInvisible(word)) || look_alikes_.MixesScripts(word)) Disguised(word, line);
  }

  void Disguised(std::string_view word, int line) {
    if (mentions_.disguises.size() == kMaxDisguises) return;
    if (!disguised_.emplace(word).second) return;
    mentions_.disguises.push_back({std::string(word), line});
  }

  LookAlikes look_alikes_;
  NameIndex index_;
  std::vector<Token> tokens_;
  std::map<std::string, Mention> found_;
  std::set<std::string, std::less<>> disguised_;
  Mentions mentions_;
};

}  // namespace

Mentions FindMentions(const v1::Catalog& catalog, const Outline& outline) {
  Finder finder(catalog);
  const std::vector<bool> ignored = IgnoredLines(outline);
  for (size_t i = 0; i < outline.lines.size(); ++i) {
    if (!outline.lines[i].code && !ignored[i]) finder.Read(outline.lines[i]);
  }
  return finder.Finish();
}

v1::Finding MentionFinding(const Mention& mention) {
  return MakeFinding(
      "GV223", "body",
      fmt::format(
          "The text names {}, which `dependencies` does not list. Add it there, or to `not_used`.",
          mention.word),
      mention.line, 1);
}

}  // namespace gavel::rules
