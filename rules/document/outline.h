// The body as a reader sees it: lines without HTML comments, what is code, and the headings.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gavel::rules {

struct BodyLine {
  std::string text;        // Without HTML comments.
  int number = 0;          // Line in the file, from 1.
  bool code = false;       // Inside a code fence, or the fence itself.
  int heading = 0;         // Level from 1; 0 for a line that is no heading.
  bool underline = false;  // The underline of a heading: shown by nobody.
};

// A heading with the lines below it, down to the next heading of the same or a higher level.
struct Heading {
  std::string text;  // Without markup.
  int level = 1;
  int line = 0;
  size_t first = 0;  // Index of the first line below it.
  size_t last = 0;   // Index behind the last line below it.
};

struct Outline {
  std::vector<BodyLine> lines;
  std::vector<Heading> headings;  // In file order.
};

// Reads Markdown (`#` and underlined headings) and, with reasonable effort, reStructuredText and
// AsciiDoc headings. Headings inside code fences and HTML comments do not count. O(bytes).
Outline ReadOutline(std::string_view body, int first_line);

// `Alternatives considered:` and `3. Alternatives Considered` are both `alternatives considered`.
std::string NormalizedHeading(std::string_view heading);

// True where `heading` (normalised) starts with all words of `prefix` (normalised).
bool StartsWithWords(std::string_view heading, std::string_view prefix);

// Without links, their targets, images, bare URLs, inline code and HTML tags.
std::string WithoutLinksAndCode(std::string_view line);
// Without link targets and bare URLs; link texts and inline code stay.
std::string WithoutUrls(std::string_view line);

// Words: runs of characters without spaces that hold a letter or a digit.
int CountWords(std::string_view text);

// The title of a document without ours: the first top-level heading; else the header's own
// `title:` (block between fences, RFC 822 lines); else the first heading; else the first line with
// words. At most 300 characters; empty where there is nothing.
std::string ForeignTitle(std::string_view header, const Outline& outline);

}  // namespace gavel::rules
