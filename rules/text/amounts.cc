#include "rules/text/amounts.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <iterator>

#include "rules/text/words.h"

namespace gavel::rules {
namespace {

// More than any line of a table holds; regular expressions never see a longer text.
constexpr size_t kMaxBytes = 400;
constexpr double kMaxAmount = 9e10;

struct Spelling {
  std::string_view written;
  std::string_view plain;
};
constexpr Spelling kSpellings[] = {
    {"–", "-"},      {"—", "-"},     {"\u2212", "-"}, {"\u00A0", " "}, {"\u2009", " "},
    {"\u202F", " "}, {"’", "'"},     {"$", ""},       {"€", ""},       {"£", ""},
    {"¥", ""},       {"\u2248", ""}, {"~", ""},       {"*", ""},       {"`", ""},
};

struct Scale {
  std::string_view word;
  double factor;
};
constexpr Scale kScales[] = {{"k", 1e3},       {"K", 1e3},        {"M", 1e6},
                             {"million", 1e6}, {"thousand", 1e3}, {"billion", 1e9}};

constexpr char kNumber[] =
    "([0-9]{1,3}(?:\\.[0-9]{3})+,[0-9]{2}|[0-9]{1,3}(?:[,' ][0-9]{3})+(?:\\.[0-9]+)?|"
    "[0-9]+(?:\\.[0-9]+)?)";

// `USD 1.0-1.5 M a day`: a word, one or two numbers, a scale, and words without another number.
const RE2& QuantityPattern() {
  static const RE2* const kPattern = new RE2(
      std::string(" *(?:[A-Za-z]+ *)?") + kNumber + "(?: *(?:-|to) *" + kNumber +
      ")? *(?:(k|K|M|thousand|million|billion)(?:[^A-Za-z0-9%+-][^0-9%]*)?|[^0-9%+,.-][^0-9%]*)?");
  return *kPattern;
}

std::optional<double> Value(std::string text) {
  const size_t comma = text.find(',');
  const size_t point = text.find('.');
  if (comma != std::string::npos && point != std::string::npos && point < comma) {
    std::erase(text, '.');  // `1.024,50`
    std::replace(text.begin(), text.end(), ',', '.');
  }
  std::erase_if(text, [](char c) { return c == ',' || c == '\'' || c == ' '; });
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace

std::string PlainNumberText(std::string_view text) {
  std::string plain;
  while (!text.empty()) {
    const auto spelling =
        std::find_if(std::begin(kSpellings), std::end(kSpellings),
                     [&](const Spelling& s) { return text.starts_with(s.written); });
    const bool known = spelling != std::end(kSpellings);
    plain += known ? spelling->plain : text.substr(0, 1);
    text.remove_prefix(known ? spelling->written.size() : 1);
  }
  return plain;
}

std::optional<Quantity> ParseQuantity(std::string_view text) {
  if (text.size() > kMaxBytes) return std::nullopt;
  const std::string plain = PlainNumberText(text);
  std::string low, high, scale;
  if (!RE2::FullMatch(plain, QuantityPattern(), &low, &high, &scale)) return std::nullopt;
  const auto first = Value(low);
  const auto second = high.empty() ? first : Value(high);
  if (!first || !second || *second < *first) return std::nullopt;
  const auto factor = std::find_if(std::begin(kScales), std::end(kScales),
                                   [&](const Scale& s) { return s.word == scale; });
  const double times = factor == std::end(kScales) ? 1 : factor->factor;
  return Quantity{*first * times, *second * times, times};
}

std::optional<int64_t> CentsOf(double amount) {
  if (!(amount >= 0) || amount > kMaxAmount) return std::nullopt;
  return std::llround(amount * 100);
}

std::string PlainAmount(int64_t cents) {
  return cents % 100 == 0 ? fmt::format("{}", cents / 100)
                          : fmt::format("{}.{:02}", cents / 100, cents % 100);
}

}  // namespace gavel::rules
