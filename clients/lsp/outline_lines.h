// The parts of a document by lines of the editor, from 0.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "clients/lsp/document.h"

namespace gavel::lsp {

struct LineSpan {
  int64_t first = 0;
  int64_t last = 0;  // The last line itself.
};

struct SectionLines {
  std::string title;
  int level = 1;
  LineSpan lines;  // From its heading on; empty lines at its end left out.
};

struct OutlineLines {
  bool has_header = false;
  LineSpan header;                     // Fences included.
  std::vector<SectionLines> sections;  // In file order.
  std::vector<LineSpan> fences;        // Of code.
};

// O(bytes).
OutlineLines OutlineOf(const Document& document);

}  // namespace gavel::lsp
