#include "rules/text/text_lines.h"

#include <algorithm>

#include "engine/base/unicode.h"

namespace gavel::rules {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

size_t BehindCharacter(std::string_view bytes, size_t at) {
  size_t next = at;
  return NextCodePoint(bytes, next) ? next : at + 1;
}

}  // namespace

TextLines::TextLines(std::string_view bytes) : bytes_(bytes) {
  begins_.push_back(bytes.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0);
  for (size_t at = bytes.find('\n'); at != std::string_view::npos; at = bytes.find('\n', at + 1)) {
    if (begins_.size() == 1 && at > 0 && bytes[at - 1] == '\r') newline_ = "\r\n";
    begins_.push_back(at + 1);
  }
}

size_t TextLines::Index(int line) const {
  return static_cast<size_t>(std::clamp(line, 1, count())) - 1;
}

TextRange TextLines::WholeLine(int line) const {
  const size_t index = Index(line);
  return {begins_[index], index + 1 < begins_.size() ? begins_[index + 1] : bytes_.size()};
}

TextRange TextLines::Line(int line) const {
  TextRange range = WholeLine(line);
  if (range.end > range.begin && bytes_[range.end - 1] == '\n') --range.end;
  if (range.end > range.begin && bytes_[range.end - 1] == '\r') --range.end;
  return range;
}

size_t TextLines::OffsetOf(int line, int column) const {
  if (line > count()) return bytes_.size();
  const TextRange range = Line(line);
  size_t at = range.begin;
  for (int c = 1; c < column && at < range.end; ++c) at = BehindCharacter(bytes_, at);
  return at;
}

TextPlace TextLines::PlaceOf(size_t offset) const {
  offset = std::clamp(offset, begins_.front(), bytes_.size());
  const auto line = std::upper_bound(begins_.begin(), begins_.end(), offset) - 1;
  TextPlace place{.line = static_cast<int>(line - begins_.begin()) + 1};
  const std::string_view before = bytes_.substr(0, offset);
  for (size_t at = *line; at < offset; ++place.column) at = BehindCharacter(before, at);
  return place;
}

}  // namespace gavel::rules
