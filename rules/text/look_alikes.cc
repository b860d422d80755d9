#include "rules/text/look_alikes.h"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>
#include <unicode/uspoof.h>

#include <algorithm>

#include "engine/base/unicode.h"
#include "rules/text/words.h"

namespace gavel::rules {
namespace {

// Ideographs, kana, Yi; Hangul; ideographs of the higher planes.
bool IsEastAsian(uint32_t c) {
  return (c >= 0x2E80 && c <= 0xA4CF) || (c >= 0xAC00 && c <= 0xD7FF) || c >= 0x20000;
}

bool IsMark(uint32_t c) {
  const uint32_t mask = U_GET_GC_MASK(static_cast<UChar32>(c));
  return (mask & (U_GC_MN_MASK | U_GC_ME_MASK | U_GC_CF_MASK)) != 0;
}

// Unicode's checker with its own tables; nullptr where ICU has no data.
const USpoofChecker* Checker() {
  static const USpoofChecker* const kChecker = [] {
    UErrorCode error = U_ZERO_ERROR;
    USpoofChecker* const checker = uspoof_open(&error);
    return U_SUCCESS(error) ? checker : nullptr;
  }();
  return kChecker;
}

icu::UnicodeString Normalized(const icu::Normalizer2* form, const icu::UnicodeString& text) {
  UErrorCode error = U_ZERO_ERROR;
  icu::UnicodeString result = form != nullptr ? form->normalize(text, error) : text;
  return U_SUCCESS(error) ? result : text;
}

icu::UnicodeString WithoutMarks(const icu::UnicodeString& text) {
  icu::UnicodeString kept;
  for (int32_t at = 0; at < text.length(); at = text.moveIndex32(at, 1)) {
    const UChar32 c = text.char32At(at);
    if (!IsMark(static_cast<uint32_t>(c))) kept.append(c);
  }
  return kept;
}

icu::UnicodeString Skeleton(const icu::UnicodeString& text) {
  constexpr int32_t kLongest = 64;  // Of one character; the longest in Unicode is 18.
  char16_t skeleton[kLongest];
  UErrorCode error = U_ZERO_ERROR;
  if (Checker() == nullptr) return text;
  const int32_t length =
      uspoof_getSkeleton(Checker(), 0, text.getBuffer(), text.length(), skeleton, kLongest, &error);
  return U_SUCCESS(error) && length <= kLongest ? icu::UnicodeString(skeleton, length) : text;
}

std::string AsciiLookAlike(char c) {
  if (c == '0') return "o";
  if (c == '1') return "l";
  if (c == 'm' || c == 'M') return "rn";
  return AsciiLower(std::string_view(&c, 1));
}

std::string DrawNormalized(const icu::UnicodeString& normalized) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::UnicodeString text =
      Skeleton(WithoutMarks(Normalized(icu::Normalizer2::getNFDInstance(error), normalized)));
  std::string drawn;
  for (int32_t at = 0; at < text.length(); ++at) {
    const char16_t unit = text.charAt(at);
    if (unit >= 0x80 || !IsAsciiAlnum(static_cast<char>(unit))) return {};
    drawn += AsciiLookAlike(static_cast<char>(unit));
  }
  return drawn;
}

// What one character outside ASCII looks like: lower-case ASCII letters and digits, or nothing.
// In lower case first, as names are compared; some letters look Latin only as capitals.
std::string Draw(uint32_t code_point) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::UnicodeString text(static_cast<UChar32>(code_point));
  const std::string drawn =
      DrawNormalized(Normalized(icu::Normalizer2::getNFKCCasefoldInstance(error), text));
  return !drawn.empty()
             ? drawn
             : DrawNormalized(Normalized(icu::Normalizer2::getNFKCInstance(error), text));
}

}  // namespace

bool IsWordCharacter(uint32_t code_point) {
  if (code_point < 0x80) return IsAsciiAlnum(static_cast<char>(code_point));
  if (IsEastAsian(code_point)) return false;
  const auto c = static_cast<UChar32>(code_point);
  const uint32_t mask = U_GET_GC_MASK(c);
  return u_isUAlphabetic(c) != 0 || (mask & (U_GC_N_MASK | U_GC_M_MASK | U_GC_CF_MASK)) != 0;
}

const std::string& LookAlikes::OfCharacter(uint32_t code_point) {
  const auto [place, inserted] = known_.try_emplace(code_point);
  if (inserted) place->second = Draw(code_point);
  return place->second;
}

std::string LookAlikes::Of(std::string_view word) {
  const bool ascii = std::all_of(word.begin(), word.end(),
                                 [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  std::string drawn;
  for (size_t at = 0; at < word.size();) {
    const auto code_point = NextCodePoint(word, at);
    if (!code_point) return {};
    if (*code_point < 0x80) {
      const char c = static_cast<char>(*code_point);
      // In a word of ASCII letters a capital I is a disguised l, or the word is meant as written.
      drawn += ascii && c == 'I' ? "l" : AsciiLookAlike(c);
    } else if (!IsMark(*code_point)) {
      const std::string& letter = OfCharacter(*code_point);
      if (letter.empty()) return {};
      drawn += letter;
    }
  }
  return drawn;
}

bool LookAlikes::MixesScripts(std::string_view word) {
  int latin = 0;
  bool foreign = false;
  for (size_t at = 0; at < word.size();) {
    const auto code_point = NextCodePoint(word, at);
    if (!code_point) return false;
    const auto c = static_cast<UChar32>(*code_point);
    if (*code_point < 0x80) {
      latin += u_isalpha(c) != 0 ? 1 : 0;
      continue;
    }
    UErrorCode error = U_ZERO_ERROR;
    const UScriptCode script = uscript_getScript(c, &error);
    const bool other =
        script != USCRIPT_LATIN && script != USCRIPT_COMMON && script != USCRIPT_INHERITED;
    foreign = foreign || (other && !OfCharacter(*code_point).empty());
  }
  return foreign && latin >= 2;
}

}  // namespace gavel::rules
