#include <algorithm>

#include "engine/base/unicode.h"
#include "rules/fix/fix.h"
#include "rules/fix/open_document.h"

namespace gavel::rules {
namespace {

// `[text](target)` at the start of `text`; all of it where that is no link on one line.
size_t LinkLength(std::string_view text) {
  const size_t target = text.find("](");
  const size_t end = target == std::string_view::npos ? target : text.find(')', target);
  return end == std::string_view::npos ? text.size() : end + 1;
}

// The key or value of the front matter that starts where `finding` is.
std::optional<TextRange> NodeRange(const OpenDocument& document, const v1::Finding& finding) {
  for (const auto& found :
       {document.Find(finding.field()), document.FindKey(finding.line(), finding.column())}) {
    if (!found || found->node->line != finding.line() || found->node->column != finding.column())
      continue;
    const auto range = document.RangeOf(*found->node);
    if (range && range->end > range->begin) return range;
  }
  return std::nullopt;
}

TextRange RangeIn(const OpenDocument& document, const v1::Finding& finding) {
  if (const auto range = NodeRange(document, finding)) return *range;
  const TextLines& lines = document.lines();
  const std::string_view bytes = document.bytes();
  const int number = std::max(finding.line(), 1);
  const TextRange line = lines.Line(number);
  const size_t indent = std::min(bytes.find_first_not_of(" \t", line.begin), line.end);
  size_t begin = std::max(indent, lines.OffsetOf(number, std::max(finding.column(), 1)));
  if (begin >= line.end) begin = indent;
  const bool link = finding.code().starts_with("GV4");
  const std::string_view text = bytes.substr(begin, line.end - begin);
  return {begin, link ? begin + LinkLength(text) : line.end};
}

}  // namespace

TextRange RangeOf(std::string_view bytes, const v1::Finding& finding) {
  return RangesOf(bytes, {&finding, 1}).front();
}

std::vector<TextRange> RangesOf(std::string_view bytes, std::span<const v1::Finding> findings) {
  const OpenDocument document(bytes, nullptr);
  std::vector<TextRange> ranges;
  for (const v1::Finding& finding : findings) ranges.push_back(RangeIn(document, finding));
  return ranges;
}

}  // namespace gavel::rules
