// Front matter, sections and code fences.
#include "clients/lsp/features.h"
#include "clients/lsp/outline_lines.h"

namespace gavel::lsp {

Json FoldingRanges(const View& view) {
  Json ranges = Json::array();
  const auto add = [&ranges](int64_t first, int64_t last) {
    if (last > first) ranges.push_back({{"startLine", first}, {"endLine", last}});
  };
  const OutlineLines outline = OutlineOf(view.document);
  add(outline.header.first, outline.header.last);
  for (const SectionLines& section : outline.sections) add(section.lines.first, section.lines.last);
  for (const LineSpan& fence : outline.fences) add(fence.first, fence.last);
  return ranges;
}

}  // namespace gavel::lsp
