#include "clients/check/text_index.h"

#include <algorithm>

#include "rules/text/unicode.h"

namespace gavel::check {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

int CountCodePoints(std::string_view text) {
  int count = 0;
  for (size_t at = 0; at < text.size(); ++count) {
    size_t next = at;
    at = rules::NextCodePoint(text, next).has_value() ? next : at + 1;
  }
  return count;
}

}  // namespace

TextIndex::TextIndex(std::string_view text) : text_(text), starts_{0} {
  if (text.starts_with(kByteOrderMark)) starts_[0] = kByteOrderMark.size();
  for (size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '\n') starts_.push_back(at + 1);
  }
}

TextPlace TextIndex::PlaceOf(size_t offset) const {
  offset = std::clamp(offset, starts_.front(), text_.size());
  const auto line = std::upper_bound(starts_.begin(), starts_.end(), offset) - 1;
  return {static_cast<int>(line - starts_.begin()) + 1,
          CountCodePoints(text_.substr(*line, offset - *line)) + 1};
}

std::string_view TextIndex::Line(int line) const {
  if (line < 1 || static_cast<size_t>(line) > starts_.size()) return {};
  const size_t begin = starts_[static_cast<size_t>(line) - 1];
  std::string_view text = text_.substr(begin);
  text = text.substr(0, text.find('\n'));
  if (text.ends_with('\r')) text.remove_suffix(1);
  return text;
}

}  // namespace gavel::check
