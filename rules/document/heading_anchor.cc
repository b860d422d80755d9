#include "rules/document/heading_anchor.h"

#include <fmt/format.h>
#include <re2/re2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <map>

namespace gavel::rules {
namespace {

bool IsKept(UChar32 c) {
  return c == '-' || c == '_' || u_isalnum(c) != 0 || (U_GET_GC_MASK(c) & U_GC_M_MASK) != 0;
}

void AddWrittenAnchors(std::string_view line, std::set<std::string, std::less<>>& anchors) {
  static const RE2* const kWritten =
      new RE2("(?:\\b(?:id|name)=[\"']([^\"'<> ]+)[\"']|\\{#([^} ]+)\\})");
  re2::StringPiece rest(line.data(), line.size());
  std::string attribute, braces;
  while (RE2::FindAndConsume(&rest, *kWritten, &attribute, &braces)) {
    anchors.insert(HeadingAnchor(attribute.empty() ? braces : attribute));
  }
}

}  // namespace

std::string HeadingAnchor(std::string_view heading) {
  const auto text = icu::UnicodeString::fromUTF8(
      icu::StringPiece(heading.data(), static_cast<int32_t>(heading.size())));
  icu::UnicodeString anchor;
  for (int32_t at = 0; at < text.length(); at = text.moveIndex32(at, 1)) {
    const UChar32 c = text.char32At(at);
    if (c == ' ') anchor.append(UChar32{'-'});
    if (IsKept(c)) anchor.append(u_tolower(c));
  }
  std::string utf8;
  return anchor.toUTF8String(utf8);
}

std::set<std::string, std::less<>> AnchorsOf(const Outline& outline) {
  std::set<std::string, std::less<>> anchors;
  std::map<std::string, int> seen;
  for (const Heading& heading : outline.headings) {
    const std::string anchor = HeadingAnchor(WithoutUrls(heading.text));
    const int earlier = seen[anchor]++;
    anchors.insert(earlier == 0 ? anchor : fmt::format("{}-{}", anchor, earlier));
  }
  for (const BodyLine& line : outline.lines) {
    if (!line.code) AddWrittenAnchors(line.text, anchors);
  }
  return anchors;
}

}  // namespace gavel::rules
