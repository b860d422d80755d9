// Fixes of the body: a section that is missing, a link to a heading.
#include <fmt/format.h>

#include <algorithm>

#include "rules/document/heading_anchor.h"
#include "rules/fix/makers.h"
#include "rules/fix/spec_template.h"
#include "rules/text/words.h"

namespace gavel::rules {
namespace {

const v1::Section* FindSection(const OpenDocument& document, std::string_view id) {
  if (document.policy() == nullptr) return nullptr;
  for (const v1::Section& section : document.policy()->org().sections()) {
    if (section.id() == id) return &section;
  }
  return nullptr;
}

// Whether two headings name the same section: one starts with the words of the other.
bool SameSection(std::string_view a, std::string_view b) {
  const std::string left = NormalizedHeading(a), right = NormalizedHeading(b);
  return StartsWithWords(left, right) || StartsWithWords(right, left);
}

// Where `section` stands in the template; its size where it has none.
size_t TemplatePlace(const std::vector<TemplateSection>& sections, const v1::Section& section) {
  for (size_t i = 0; i < sections.size(); ++i) {
    const std::string heading = NormalizedHeading(sections[i].heading);
    for (const std::string& name : section.headings()) {
      if (StartsWithWords(heading, name)) return i;
    }
  }
  return sections.size();
}

// A section that the template does not know, under the organisation's name for it.
TemplateSection Unknown(const v1::Section& section) {
  std::string heading = section.headings_size() > 0 ? section.headings(0) : section.id();
  if (heading.front() >= 'a' && heading.front() <= 'z') heading.front() -= 'a' - 'A';
  return {heading, {"## " + heading, "<!-- Asked for by the organisation. -->", ""}};
}

struct Insertion {
  size_t line = 0;  // Index of the outline's line to insert before; their number means the end.
  int level = 2;
};

// Behind the nearest earlier section of the template that the document has, else before the nearest
// later one, else at the end.
Insertion PlaceFor(size_t place, const std::vector<TemplateSection>& sections,
                   const Outline& outline) {
  const auto find = [&](const TemplateSection& section) {
    return std::find_if(outline.headings.begin(), outline.headings.end(), [&](const Heading& h) {
      return h.level > 1 && SameSection(h.text, section.heading);
    });
  };
  for (size_t i = place; i-- > 0;) {
    if (const auto heading = find(sections[i]); heading != outline.headings.end()) {
      return {heading->last, heading->level};
    }
  }
  for (size_t i = place + 1; i < sections.size(); ++i) {
    if (const auto heading = find(sections[i]); heading != outline.headings.end()) {
      return {heading->first - 1, heading->level};
    }
  }
  return {outline.lines.size(), 2};
}

std::string SectionText(const TemplateSection& section, int level, std::string_view newline) {
  std::string text(static_cast<size_t>(std::max(level, 2) - 2), '#');
  for (const std::string& line : section.lines) text += fmt::format("{}{}", line, newline);
  return text;
}

}  // namespace

Fixes InsertSection(const OpenDocument& document, const v1::Finding& finding) {
  Fixes fixes;
  const v1::Section* const wanted = FindSection(document, finding.field());
  if (wanted == nullptr) return fixes;
  const std::vector<TemplateSection> sections = TemplateSections();
  const size_t place = TemplatePlace(sections, *wanted);
  const TemplateSection section = place < sections.size() ? sections[place] : Unknown(*wanted);
  const Outline& outline = document.outline();
  const TextLines& lines = document.lines();
  const Insertion insertion = PlaceFor(std::min(place, sections.size()), sections, outline);

  const bool at_end = insertion.line >= outline.lines.size();
  const size_t offset = at_end ? document.bytes().size()
                               : lines.WholeLine(outline.lines[insertion.line].number).begin;
  std::string before;
  if (offset > 0 && document.bytes()[offset - 1] != '\n') before += lines.newline();
  const bool blank_above =
      insertion.line > 0 && Trim(outline.lines[insertion.line - 1].text).empty();
  if (!blank_above) before += lines.newline();
  AddFix(fmt::format("Add section \"{}\"", section.heading), FixKind::kSuggested,
         TextEdit{offset, 0, before + SectionText(section, insertion.level, lines.newline())},
         fixes);
  return fixes;
}

Fixes OfferHeading(const OpenDocument& document, const v1::Finding& finding) {
  Fixes fixes;
  const TextLines& lines = document.lines();
  const size_t link = lines.OffsetOf(finding.line(), finding.column());
  const size_t line_end = lines.Line(finding.line()).end;
  const std::string_view bytes = document.bytes();
  const size_t mark = bytes.find("#", link);
  const size_t target = mark == std::string_view::npos ? mark : mark + 1;
  const size_t end = bytes.find_first_of(" )>\t\r\n", target);
  if (target == std::string_view::npos || target >= line_end || end > line_end) return fixes;
  const auto anchors = AnchorsOf(document.outline());
  const auto nearest = NearestName(bytes.substr(target, end - target),
                                   std::vector<std::string>(anchors.begin(), anchors.end()));
  if (!nearest) return fixes;
  AddFix("Change to #" + *nearest, FixKind::kSuggested, TextEdit{target, end - target, *nearest},
         fixes);
  return fixes;
}

}  // namespace gavel::rules
