// The outer form of a document: are these bytes text, and where does the body start.
#pragma once

#include <string_view>
#include <vector>

#include "gavel/v1/facts.pb.h"

namespace gavel::rules {

// Where front matter and body stand. A *fence* is a line of exactly `---`; the first one must be
// the first line of the file. So `---` in a table, a code block or under a heading is never one.
struct Frame {
  bool byte_order_mark = false;
  bool crlf = false;
  bool fenced = false;      // There is a block between two fences.
  bool unclosed = false;    // It opens with a `spec:` key and never closes.
  bool ours = false;        // The block has a top-level `spec:` key.
  std::string_view header;  // The lines between the fences.
  int header_line = 0;      // Line of the first of them.
  std::string_view body;    // All after the closing fence; the whole text where none.
  int body_line = 1;        // Line of its first line.
};

// Splits `bytes`; never fails.
Frame SplitFrame(std::string_view bytes);

// Why `bytes` cannot be read at all, as findings with codes GV001 to GV006; empty when they can.
std::vector<v1::Finding> CheckReadable(std::string_view bytes, const Frame& frame);

}  // namespace gavel::rules
