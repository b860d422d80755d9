// Small text operations shared by readers: ASCII case, trimming, nearest names, lists in sentences.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gavel::rules {

bool IsAsciiAlnum(char c);

// ASCII only; other bytes stay as they are.
std::string AsciiLower(std::string_view text);

// Without spaces and tabs at both ends.
std::string_view Trim(std::string_view text);

// The candidate nearest to `name` by edits (insert, remove, replace, swap neighbours), if it is
// near enough to be a slip of the keyboard. Ties go to the first.
std::optional<std::string> NearestName(std::string_view name,
                                       const std::vector<std::string>& candidates);

// ` Did you mean `x`?`, or empty.
std::string DidYouMean(std::string_view name, const std::vector<std::string>& candidates);

// `a`, `a and b`, `a, b and c`.
std::string JoinAnd(const std::vector<std::string>& items);
// `a, b, c`.
std::string JoinComma(const std::vector<std::string>& items);

// `2,500`, or `2,500.50`: cents as an amount, without the currency.
std::string AmountText(int64_t cents);

// First letter in lower case, unless the word is an acronym: for a title inside a sentence.
std::string Decapitalized(std::string_view text);

}  // namespace gavel::rules
