// Lines and columns of a file, and the bytes that they are.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace gavel::rules {

struct TextRange {
  size_t begin = 0;
  size_t end = 0;  // Behind the last byte.
};

struct TextPlace {
  int line = 1;
  int column = 1;
};

// Lines end in LF or CR LF and count from 1, columns are code points and count from 1; a byte order
// mark is no column, a byte that is not UTF-8 is one. Places outside the file mean its nearest
// place. Built in O(bytes).
class TextLines {
 public:
  // `bytes` must outlive this.
  explicit TextLines(std::string_view bytes);

  int count() const { return static_cast<int>(begins_.size()); }
  std::string_view bytes() const { return bytes_; }
  // What ends the file's lines: that of the first one; `\n` where there is none.
  std::string_view newline() const { return newline_; }

  // The line without its end.
  TextRange Line(int line) const;
  // The line with its end.
  TextRange WholeLine(int line) const;
  std::string_view Text(const TextRange& range) const {
    return bytes_.substr(range.begin, range.end - range.begin);
  }
  // O(column).
  size_t OffsetOf(int line, int column) const;
  // O(log lines + column).
  TextPlace PlaceOf(size_t offset) const;

 private:
  size_t Index(int line) const;

  const std::string_view bytes_;
  std::string_view newline_ = "\n";
  std::vector<size_t> begins_;  // Of each line; never empty.
};

}  // namespace gavel::rules
