// Lines and columns of a text.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace gavel::check {

struct TextPlace {
  int line = 1;    // From 1. Lines end at LF, so CR LF is one end and a lone CR none.
  int column = 1;  // In code points, from 1; a byte that is not UTF-8 counts as one.
};

class TextIndex {
 public:
  // `text` must outlive the index. O(bytes).
  explicit TextIndex(std::string_view text);

  // The place of the byte at `offset`; that behind the last byte for any larger one. O(log lines)
  // and the bytes of the line. A byte order mark has no column.
  TextPlace PlaceOf(size_t offset) const;

  // The line, from 1, without its end; empty where there is none.
  std::string_view Line(int line) const;

 private:
  const std::string_view text_;
  std::vector<size_t> starts_;  // Of each line.
};

}  // namespace gavel::check
