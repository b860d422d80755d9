// Letters that look like others, by Unicode's own tables (ICU): NFKC and the confusables of UTS 39.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

namespace gavel::rules {

// True for letters, digits and marks, and for invisible characters: what can stand inside a word.
// Ideographs, kana and Hangul are words of their own and never part of a Latin one.
bool IsWordCharacter(uint32_t code_point);

// What words look like. Remembers what it was asked, so keep one per document; not thread-safe.
class LookAlikes {
 public:
  // The lower-case ASCII word that `word` (UTF-8) looks like; words that look alike give the same
  // text: `lambda`, `larnbda` and, with a Cyrillic а, `lаmbda`. Accents and invisible characters
  // are dropped. Empty where a character looks like no ASCII letter or digit. O(|word|).
  std::string Of(std::string_view word);

  // True where letters of another script stand in for Latin ones beside two or more of those.
  bool MixesScripts(std::string_view word);

 private:
  const std::string& OfCharacter(uint32_t code_point);

  std::unordered_map<uint32_t, std::string> known_;
};

}  // namespace gavel::rules
