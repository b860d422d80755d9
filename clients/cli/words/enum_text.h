// Protobuf enums as words: `QUEUED` for STATE_QUEUED, and `no-objection` read back.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "google/protobuf/generated_enum_reflection.h"

namespace gavel::cli {

// The value's name without the enum's prefix; its number where this build does not know it.
std::string EnumWord(const google::protobuf::EnumDescriptor& type, int number);

// The number of `word` (any case, `-` for `_`).
//
// Errors: INVALID_ARGUMENT that lists the words.
absl::StatusOr<int> ParseEnumWord(const google::protobuf::EnumDescriptor& type,
                                  std::string_view what, std::string_view word);

template <typename Enum>
std::string EnumWord(Enum value) {
  return EnumWord(*google::protobuf::GetEnumDescriptor<Enum>(), static_cast<int>(value));
}

template <typename Enum>
absl::StatusOr<Enum> ParseEnum(std::string_view what, std::string_view word) {
  const auto number = ParseEnumWord(*google::protobuf::GetEnumDescriptor<Enum>(), what, word);
  if (!number.ok()) return number.status();
  return static_cast<Enum>(*number);
}

// `needs discussion` for `NEEDS_DISCUSSION`.
std::string Spoken(std::string word);

}  // namespace gavel::cli
