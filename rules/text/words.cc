#include "rules/text/words.h"

#include <fmt/format.h>

#include <algorithm>

namespace gavel::rules {
namespace {

// Optimal string alignment distance. O(|a| |b|); callers pass names, not texts.
size_t EditDistance(std::string_view a, std::string_view b) {
  std::vector<size_t> before, previous(b.size() + 1), current(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) previous[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    current[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      const size_t replace = previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      current[j] = std::min({previous[j] + 1, current[j - 1] + 1, replace});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        current[j] = std::min(current[j], before[j - 2] + 1);
      }
    }
    before = previous;
    previous = current;
  }
  return previous[b.size()];
}

constexpr size_t kLongestName = 128;

bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }

}  // namespace

bool IsAsciiAlnum(char c) { return (c >= 'a' && c <= 'z') || IsUpper(c) || (c >= '0' && c <= '9'); }

std::string AsciiLower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (IsUpper(c)) c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

std::string_view Trim(std::string_view text) {
  const size_t begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

std::optional<std::string> NearestName(std::string_view name,
                                       const std::vector<std::string>& candidates) {
  if (name.size() > kLongestName) return std::nullopt;
  const std::string wanted = AsciiLower(name);
  std::optional<std::string> nearest;
  size_t best = std::max<size_t>(1, wanted.size() / 3) + 1;
  for (const std::string& candidate : candidates) {
    if (candidate.size() > kLongestName) continue;
    const size_t distance = EditDistance(wanted, AsciiLower(candidate));
    if (distance >= best) continue;
    best = distance;
    nearest = candidate;
  }
  return nearest;
}

std::string DidYouMean(std::string_view name, const std::vector<std::string>& candidates) {
  const auto nearest = NearestName(name, candidates);
  return nearest ? fmt::format(" Did you mean `{}`?", *nearest) : std::string();
}

std::string JoinAnd(const std::vector<std::string>& items) {
  if (items.empty()) return {};
  std::string text = items.front();
  for (size_t i = 1; i < items.size(); ++i) {
    text += i + 1 == items.size() ? " and " : ", ";
    text += items[i];
  }
  return text;
}

std::string JoinComma(const std::vector<std::string>& items) {
  return fmt::format("{}", fmt::join(items, ", "));
}

std::string AmountText(int64_t cents) {
  const bool negative = cents < 0;
  const auto magnitude =
      negative ? ~static_cast<uint64_t>(cents) + 1 : static_cast<uint64_t>(cents);
  std::string digits = fmt::format("{}", magnitude / 100);
  for (size_t at = digits.size(); at > 3;) digits.insert(at -= 3, ",");
  if (magnitude % 100 != 0) digits += fmt::format(".{:02}", magnitude % 100);
  return negative ? "-" + digits : digits;
}

std::string Decapitalized(std::string_view text) {
  std::string result(text);
  const bool acronym = result.size() > 1 && IsUpper(result[1]);
  if (!result.empty() && !acronym) result[0] = AsciiLower(result.substr(0, 1))[0];
  return result;
}

}  // namespace gavel::rules
