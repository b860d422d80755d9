#include "clients/lsp/text_index.h"

#include <algorithm>

namespace gavel::lsp {
namespace {

// Bytes of the character that starts at `at`. A byte that starts none counts as one character, so
// that a text which is not UTF-8 still has places.
size_t CharacterBytes(std::string_view text, size_t at) {
  const auto first = static_cast<unsigned char>(text[at]);
  size_t bytes = 1;
  if (first >= 0xF8) {
    bytes = 1;
  } else if (first >= 0xF0) {
    bytes = 4;
  } else if (first >= 0xE0) {
    bytes = 3;
  } else if (first >= 0xC0) {
    bytes = 2;
  }
  return std::min(bytes, text.size() - at);
}

int64_t Units(size_t bytes, PositionEncoding encoding) {
  if (encoding == PositionEncoding::kUtf8) return static_cast<int64_t>(bytes);
  return bytes == 4 ? 2 : 1;  // A surrogate pair.
}

}  // namespace

TextIndex::TextIndex(std::string_view text) : starts_{0} {
  // One search for each: unlike a search for both, it looks at many bytes at once, and this runs
  // with every key that is pressed.
  size_t lf = text.find('\n');
  size_t cr = text.find('\r');
  while (lf != std::string_view::npos || cr != std::string_view::npos) {
    const bool pair = cr != std::string_view::npos && cr + 1 == lf;
    const size_t behind = pair ? lf + 1 : std::min(lf, cr) + 1;
    starts_.push_back(behind);
    if (lf < behind) lf = text.find('\n', behind);
    if (cr < behind) cr = text.find('\r', behind);
  }
}

size_t TextIndex::LineBegin(int64_t line) const {
  return starts_[static_cast<size_t>(std::clamp<int64_t>(line, 0, lines() - 1))];
}

size_t TextIndex::LineEnd(std::string_view text, int64_t line) const {
  if (line + 1 >= lines()) return text.size();
  size_t end = LineBegin(line + 1) - 1;
  if (text[end] == '\n' && end > LineBegin(line) && text[end - 1] == '\r') --end;
  return end;
}

int64_t TextIndex::LineOf(size_t offset) const {
  const auto behind = std::upper_bound(starts_.begin(), starts_.end(), offset);
  return behind - starts_.begin() - 1;
}

size_t TextIndex::OffsetOf(std::string_view text, Position position,
                           PositionEncoding encoding) const {
  if (position.line >= lines()) return text.size();
  size_t at = LineBegin(position.line);
  const size_t end = LineEnd(text, position.line);
  for (int64_t left = position.character; at < end;) {
    const size_t bytes = CharacterBytes(text, at);
    left -= Units(bytes, encoding);
    if (left < 0) break;
    at += bytes;
  }
  return std::min(at, end);
}

Position TextIndex::PositionOf(std::string_view text, size_t offset,
                               PositionEncoding encoding) const {
  offset = std::min(offset, text.size());
  Position position{LineOf(offset), 0};
  for (size_t at = LineBegin(position.line); at < offset;) {
    const size_t bytes = CharacterBytes(text, at);
    if (at + bytes > offset) break;
    position.character += Units(bytes, encoding);
    at += bytes;
  }
  return position;
}

}  // namespace gavel::lsp
