#include "clients/cli/words/shell_word.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "engine/base/unicode.h"
#include "fmt/format.h"

namespace gavel::cli {
namespace {

// `=` is not among them: zsh looks up `=word` in PATH.
bool IsBare(char c) {
  constexpr std::string_view kSigns = "_-./:,@%+";
  return absl::ascii_isalnum(static_cast<unsigned char>(c)) ||
         kSigns.find(c) != std::string_view::npos;
}

bool IsShownAsItIs(std::string_view text) {
  return !FirstInvalidUtf8(text).has_value() && !FindCharacter(text, IsUnsafeToShow).has_value();
}

std::string InSingleQuotes(std::string_view text) {
  std::string word = "'";
  for (const char c : text) word += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return word + "'";
}

// Bytes as three octal digits: unlike `\x`, they end before a digit that follows.
std::string Escaped(std::string_view text) {
  std::string word = "$'";
  for (const char c : text) {
    if (absl::ascii_isprint(static_cast<unsigned char>(c)) && c != '\'' && c != '\\') {
      word += c;
    } else {
      word += fmt::format("\\{:03o}", static_cast<unsigned char>(c));
    }
  }
  return word + "'";
}

}  // namespace

std::string ShellWord(std::string_view text) {
  if (!text.empty() && std::all_of(text.begin(), text.end(), IsBare)) return std::string(text);
  return IsShownAsItIs(text) ? InSingleQuotes(text) : Escaped(text);
}

std::string ShellPath(std::string_view path) {
  return ShellWord((path.starts_with('-') ? "./" : "") + std::string(path));
}

}  // namespace gavel::cli
