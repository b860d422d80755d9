// What a word is, for search. Every back end stores and compares these words and nothing else, so
// that all of them find the same subjects.
//
// A word is a longest run of letters and digits: ASCII ones, and every code point above ASCII that
// is not punctuation, a symbol or a space of Unicode. Bytes that are not UTF-8 separate words.
// ASCII letters are folded to lower case; nothing else is (`Ä` and `ä` are two words). A word
// longer than 256 bytes counts by its first 256.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace gavel::store {

std::set<std::string> SearchWords(std::string_view text);

// The words of a query, folded. INVALID_ARGUMENT (`FIELD_INVALID`) where an element is not exactly
// one word.
absl::StatusOr<std::set<std::string>> QueryWords(const std::vector<std::string>& words);

}  // namespace gavel::store
