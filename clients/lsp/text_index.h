// Places in a text: byte offsets on our side, lines and characters in the client's units on the
// wire.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace gavel::lsp {

// What a `character` counts. Every client knows UTF-16; UTF-8 only where it offers it.
enum class PositionEncoding { kUtf16, kUtf8 };

// Both from 0.
struct Position {
  int64_t line = 0;
  int64_t character = 0;

  bool operator==(const Position&) const = default;
};

// Where the lines of a text start. A line ends with CR LF, LF or CR, as LSP says. The text is given
// again with every question and must be the one the index was made of.
class TextIndex {
 public:
  // O(bytes).
  explicit TextIndex(std::string_view text);

  // At least 1: a text that ends with a line break has an empty last line.
  int64_t lines() const { return static_cast<int64_t>(starts_.size()); }

  // The offset of `position`; a character behind the line's end is its end, a line behind the last
  // is the end of the text. In the middle of a character: its start. O(line).
  size_t OffsetOf(std::string_view text, Position position, PositionEncoding encoding) const;

  // The inverse; an offset behind the end is the end. O(log lines + line).
  Position PositionOf(std::string_view text, size_t offset, PositionEncoding encoding) const;

  // The line of an offset, and where a line begins and ends, its break left out.
  int64_t LineOf(size_t offset) const;
  size_t LineBegin(int64_t line) const;
  size_t LineEnd(std::string_view text, int64_t line) const;

 private:
  std::vector<size_t> starts_;
};

}  // namespace gavel::lsp
