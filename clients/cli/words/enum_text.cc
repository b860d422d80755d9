#include "clients/cli/words/enum_text.h"

#include <algorithm>
#include <cctype>

#include "clients/cli/command.h"
#include "fmt/format.h"
#include "google/protobuf/descriptor.h"

namespace gavel::cli {
namespace {

// `REVIEW_MODE_` for ReviewMode.
std::string PrefixOf(const google::protobuf::EnumDescriptor& type) {
  std::string prefix;
  for (const char c : type.name()) {
    if (std::isupper(static_cast<unsigned char>(c)) && !prefix.empty()) prefix += '_';
    prefix += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  }
  return prefix + '_';
}

std::string Typed(std::string_view word) {
  std::string out;
  for (const char c : word) {
    out += c == '_' ? '-' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return out;
}

}  // namespace

std::string EnumWord(const google::protobuf::EnumDescriptor& type, int number) {
  const auto* value = type.FindValueByNumber(number);
  if (value == nullptr) return std::to_string(number);
  const std::string prefix = PrefixOf(type);
  return value->name().rfind(prefix, 0) == 0 ? value->name().substr(prefix.size()) : value->name();
}

absl::StatusOr<int> ParseEnumWord(const google::protobuf::EnumDescriptor& type,
                                  std::string_view what, std::string_view word) {
  std::string choices;
  for (int i = 0; i < type.value_count(); ++i) {
    const int number = type.value(i)->number();
    if (number == 0) continue;  // UNSPECIFIED is never sent.
    const std::string choice = Typed(EnumWord(type, number));
    if (choice == Typed(word)) return number;
    choices += (choices.empty() ? "" : ", ") + choice;
  }
  return UsageError(fmt::format("{} `{}` is not one of {}", what, word, choices));
}

std::string Spoken(std::string word) {
  for (char& c : word) {
    c = c == '_' ? ' ' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return word;
}

}  // namespace gavel::cli
