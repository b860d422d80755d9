#include "clients/lsp/outline_lines.h"

#include <algorithm>

#include "rules/document/frame.h"
#include "rules/document/outline.h"

namespace gavel::lsp {
namespace {

// The outline counts lines by LF alone, editors also by a lone CR.
class EditorLines {
 public:
  explicit EditorLines(const Document& document) : document_(document) {
    const std::string& text = document.text();
    starts_.push_back(0);
    for (size_t at = text.find('\n'); at != std::string::npos; at = text.find('\n', at + 1)) {
      starts_.push_back(at + 1);
    }
  }

  // Of a line counted from 1.
  int64_t Of(int line) const {
    const size_t at = static_cast<size_t>(std::max(line, 1)) - 1;
    return document_.index().LineOf(starts_[std::min(at, starts_.size() - 1)]);
  }

 private:
  const Document& document_;
  std::vector<size_t> starts_;
};

LineSpan SpanOf(const rules::Outline& outline, const rules::Heading& heading,
                const EditorLines& lines) {
  size_t last = heading.last;
  while (last > heading.first &&
         outline.lines[last - 1].text.find_first_not_of(" \t\r") == std::string::npos) {
    --last;
  }
  const int last_line = last > heading.first ? outline.lines[last - 1].number : heading.line;
  return {lines.Of(heading.line), lines.Of(last_line)};
}

std::vector<LineSpan> FencesOf(const rules::Outline& outline, const EditorLines& lines) {
  std::vector<LineSpan> fences;
  bool in_code = false;
  for (const rules::BodyLine& line : outline.lines) {
    if (line.code && !in_code) fences.push_back({lines.Of(line.number), lines.Of(line.number)});
    if (line.code) fences.back().last = lines.Of(line.number);
    in_code = line.code;
  }
  return fences;
}

}  // namespace

OutlineLines OutlineOf(const Document& document) {
  const rules::Frame frame = rules::SplitFrame(document.text());
  const rules::Outline outline = rules::ReadOutline(frame.body, frame.body_line);
  const EditorLines lines(document);
  OutlineLines result;
  result.has_header = frame.fenced;
  if (frame.fenced) result.header = {0, lines.Of(frame.body_line - 1)};
  for (const rules::Heading& heading : outline.headings) {
    result.sections.push_back({heading.text, heading.level, SpanOf(outline, heading, lines)});
  }
  result.fences = FencesOf(outline, lines);
  return result;
}

}  // namespace gavel::lsp
