#include "rules/document/cost_year.h"

#include <re2/re2.h>

#include <string>

#include "rules/text/amounts.h"
#include "rules/text/words.h"

namespace gavel::rules {
namespace {

constexpr size_t kMaxParagraphBytes = 4096;

// The lines from `i` on, down to an empty one, as one text without markup.
std::string ParagraphAt(size_t i, const Heading& heading, const Outline& outline) {
  std::string text;
  for (; i < heading.last && text.size() < kMaxParagraphBytes; ++i) {
    const BodyLine& line = outline.lines[i];
    if (line.code || line.heading > 0 || Trim(line.text).empty()) break;
    text += PlainNumberText(line.text) + " ";
  }
  return text;
}

}  // namespace

std::optional<CostInAYear> FindCostInAYear(const FoundSection& cost, const Outline& outline) {
  static const RE2* const kAmounts = new RE2(
      "(?i)([0-9][0-9,]*(?:\\.[0-9]+)? *(?:-|to) *[0-9][0-9,]*(?:\\.[0-9]+)?) *"
      "(?:[a-z]{3} *)?(?:/|a |per )month");
  for (const Heading* heading : cost.headings) {
    for (size_t i = heading->first; i < heading->last; ++i) {
      const BodyLine& line = outline.lines[i];
      if (line.code || !AsciiLower(Trim(PlainNumberText(line.text))).starts_with("in a year"))
        continue;
      std::string amounts;
      if (!RE2::PartialMatch(ParagraphAt(i, *heading, outline), *kAmounts, &amounts)) continue;
      const auto range = ParseQuantity(amounts);
      const auto low = range ? CentsOf(range->low) : std::nullopt;
      const auto high = range ? CentsOf(range->high) : std::nullopt;
      if (low && high) return CostInAYear{*low, *high, line.number};
    }
  }
  return std::nullopt;
}

}  // namespace gavel::rules
