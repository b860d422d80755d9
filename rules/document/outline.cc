#include "rules/document/outline.h"

#include <algorithm>

#include "engine/base/unicode.h"
#include "rules/text/words.h"

namespace gavel::rules {
namespace {

constexpr std::string_view kUnderlines = "=-~^\"'*+#";
constexpr size_t kMaxHeadingBytes = 400;
// A link or tag longer than this is text: else unclosed ones would cost quadratic time.
constexpr size_t kMaxMarkupBytes = 2048;

// Takes HTML comments out of consecutive lines.
class CommentFilter {
 public:
  std::string Visible(std::string_view line) {
    std::string visible;
    while (!line.empty()) {
      const size_t mark = line.find(inside_ ? "-->" : "<!--");
      if (!inside_) visible += line.substr(0, mark);
      if (mark == std::string_view::npos) break;
      line.remove_prefix(mark + (inside_ ? 3 : 4));
      inside_ = !inside_;
    }
    return visible;
  }
  bool inside() const { return inside_; }

 private:
  bool inside_ = false;
};

// Follows ``` and ~~~ fences over consecutive lines.
class CodeFilter {
 public:
  // True where the line is code or a fence.
  bool IsCode(std::string_view line) {
    const size_t indent = line.find_first_not_of(' ');
    if (indent == std::string_view::npos || indent > 3) return length_ > 0;
    line.remove_prefix(indent);
    const char mark = line.front();
    if (mark != '`' && mark != '~') return length_ > 0;
    const size_t run = std::min(line.find_first_not_of(mark), line.size());
    const std::string_view rest = line.substr(run);
    if (length_ == 0) {
      const bool inline_code = mark == '`' && rest.find('`') != std::string_view::npos;
      if (run < 3 || inline_code) return false;
      mark_ = mark;
      length_ = run;
    } else if (mark == mark_ && run >= length_ && Trim(rest).empty()) {
      length_ = 0;
    }
    return true;
  }
  bool inside() const { return length_ > 0; }

 private:
  char mark_ = 0;
  size_t length_ = 0;  // Of the opening fence; 0 outside code.
};

// Level of a `## Heading` or `== Heading` line and its text; level 0 for another line.
struct Marked {
  int level = 0;
  std::string_view text;
};

Marked MarkedHeading(std::string_view line) {
  const size_t indent = line.find_first_not_of(' ');
  if (indent == std::string_view::npos || indent > 3) return {};
  line.remove_prefix(indent);
  const char mark = line.front();
  if (mark != '#' && mark != '=') return {};
  const size_t level = std::min(line.find_first_not_of(mark), line.size());
  if (level > 6 || level == line.size() || (line[level] != ' ' && line[level] != '\t')) return {};
  std::string_view text = Trim(line.substr(level));
  const size_t last = text.find_last_not_of(mark);
  if (last != std::string_view::npos && last + 1 < text.size() && text[last] == ' ') {
    text = Trim(text.substr(0, last));
  }
  return {static_cast<int>(level), text};
}

size_t CodePoints(std::string_view text) {
  return static_cast<size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
}

// Level of the heading that `line` underlines, or 0. `=` is the highest, all others come below.
int UnderlineLevel(std::string_view line, std::string_view above) {
  line = Trim(line);
  above = Trim(above);
  if (line.size() < 3 || kUnderlines.find(line.front()) == std::string_view::npos) return 0;
  if (line.find_first_not_of(line.front()) != std::string_view::npos) return 0;
  if (above.empty() || above.size() > kMaxHeadingBytes || CountWords(above) == 0) return 0;
  if (above.front() == '|' || above.front() == '>' || above.starts_with("- ")) return 0;
  const bool markdown = line.front() == '=' || line.front() == '-';
  if (!markdown && line.size() < CodePoints(above)) return 0;
  return line.front() == '=' ? 1 : line.front() == '-' ? 2 : 3;
}

std::vector<BodyLine> ReadLines(std::string_view body, int number) {
  std::vector<BodyLine> lines;
  CommentFilter comments;
  CodeFilter fences;
  for (; !body.empty(); ++number) {
    const size_t end = body.find('\n');
    std::string_view raw = body.substr(0, end);
    body.remove_prefix(end == std::string_view::npos ? body.size() : end + 1);
    if (raw.ends_with('\r')) raw.remove_suffix(1);
    BodyLine line;
    line.number = number;
    line.code = !comments.inside() && fences.IsCode(raw);
    line.text = line.code ? std::string(raw) : comments.Visible(raw);
    lines.push_back(std::move(line));
  }
  return lines;
}

void MarkHeadings(std::vector<BodyLine>& lines) {
  for (size_t i = 0; i < lines.size(); ++i) {
    BodyLine& line = lines[i];
    if (line.code) continue;
    if (const Marked marked = MarkedHeading(line.text); marked.level > 0) {
      line.heading = marked.level;
      continue;
    }
    if (i == 0 || lines[i - 1].code || lines[i - 1].heading > 0 || lines[i - 1].underline) continue;
    // In a paragraph of several lines the last would become the heading; that is text, or a table.
    if (i > 1 && !lines[i - 2].code && lines[i - 2].heading == 0 && !lines[i - 2].underline &&
        CountWords(lines[i - 2].text) > 0) {
      continue;
    }
    const int level = UnderlineLevel(line.text, lines[i - 1].text);
    if (level == 0) continue;
    lines[i - 1].heading = level;
    line.underline = true;
  }
}

std::string HeadingText(std::string_view line) {
  const Marked marked = MarkedHeading(line);
  return std::string(marked.level > 0 ? marked.text : Trim(line));
}

bool IsUrlStart(std::string_view text) {
  return text.starts_with("https://") || text.starts_with("http://") || text.starts_with("www.");
}

bool MayStartMarkup(char c) { return c == 'h' || c == 'w' || c == '`' || c == '<' || c == ']'; }

// Copies `line` without URLs and link targets; drops link texts and inline code too where asked.
std::string Strip(std::string_view line, bool drop_texts) {
  std::string kept;
  for (size_t at = 0; at < line.size();) {
    const size_t plain = at;
    while (at < line.size() && !MayStartMarkup(line[at])) ++at;
    kept.append(line.substr(plain, at - plain));
    if (at == line.size()) break;
    const std::string_view rest = line.substr(at);
    const std::string_view window = rest.substr(0, kMaxMarkupBytes);
    const bool word_start = at == 0 || !IsAsciiAlnum(line[at - 1]);
    if (word_start && IsUrlStart(rest)) {
      at += std::min(rest.find_first_of(" \t)>\"|"), rest.size());
      continue;
    }
    if (drop_texts && rest.front() == '`') {
      const size_t end = window.find('`', 1);
      at += end == std::string_view::npos ? 1 : end + 1;
      continue;
    }
    if (drop_texts && rest.front() == '<' && window.find('>') != std::string_view::npos) {
      at += window.find('>') + 1;
      continue;
    }
    if (rest.starts_with("](") || rest.starts_with("][")) {
      const size_t end = window.find(rest[1] == '(' ? ')' : ']', 2);
      if (const size_t open = kept.rfind('['); drop_texts && open != std::string::npos) {
        kept.resize(open);
      }
      at += end == std::string_view::npos ? 2 : end + 1;
      continue;
    }
    kept += rest.front();
    ++at;
  }
  return kept;
}

// The value of a line `title: …` (any case) in a header, without quotes.
std::string HeaderTitle(std::string_view header) {
  constexpr std::string_view kKey = "title:";
  while (!header.empty()) {
    const size_t end = header.find('\n');
    std::string_view line = header.substr(0, end);
    header.remove_prefix(end == std::string_view::npos ? header.size() : end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (AsciiLower(line.substr(0, kKey.size())) != kKey) continue;
    std::string_view value = Trim(line.substr(kKey.size()));
    if (value.size() > 1 && value.front() == value.back() &&
        (value.front() == '"' || value.front() == '\'')) {
      value = value.substr(1, value.size() - 2);
    }
    return std::string(value);
  }
  return {};
}

// The leading lines `Key: value` of a document without fences.
std::string LeadingHeader(const Outline& outline) {
  std::string header;
  for (const BodyLine& line : outline.lines) {
    const size_t colon = line.text.find(':');
    const bool continues = !header.empty() && line.text.starts_with(' ');
    if (!continues && (colon == std::string::npos || line.text.find(' ') < colon)) break;
    header += line.text + "\n";
  }
  return header;
}

// The first `code_points` of a heading as a title, without what could deceive where it is shown.
std::string TitleFrom(std::string_view text, size_t code_points) {
  std::string title;
  size_t at = 0;
  for (size_t count = 0; at < text.size() && count < code_points; ++count) {
    const size_t begin = at;
    const auto code_point = NextCodePoint(text, at);
    if (!code_point) break;
    if (*code_point == '\t') title += ' ';
    if (!IsUnsafeToShow(*code_point)) title += text.substr(begin, at - begin);
  }
  return title;
}

}  // namespace

Outline ReadOutline(std::string_view body, int first_line) {
  Outline outline;
  outline.lines = ReadLines(body, first_line);
  MarkHeadings(outline.lines);
  std::vector<size_t> open;  // Headings whose end is not known yet, outermost first.
  for (size_t i = 0; i < outline.lines.size(); ++i) {
    const BodyLine& line = outline.lines[i];
    if (line.heading == 0) continue;
    while (!open.empty() && outline.headings[open.back()].level >= line.heading) {
      outline.headings[open.back()].last = i;
      open.pop_back();
    }
    open.push_back(outline.headings.size());
    outline.headings.push_back({HeadingText(line.text), line.heading, line.number, i + 1, 0});
  }
  for (const size_t heading : open) outline.headings[heading].last = outline.lines.size();
  return outline;
}

std::string NormalizedHeading(std::string_view heading) {
  std::string words;
  for (const char c : AsciiLower(heading)) {
    const bool part = IsAsciiAlnum(c) || static_cast<unsigned char>(c) >= 0x80;
    if (part) {
      words += c;
    } else if (!words.empty() && words.back() != ' ') {
      words += ' ';
    }
  }
  // `3.1 Cost` is numbered, `3 regions` hardly a section: digits in front never name one.
  const size_t first = words.find_first_not_of("0123456789 ");
  words.erase(0, std::min(first, words.size()));
  while (words.ends_with(' ')) words.pop_back();
  return words;
}

bool StartsWithWords(std::string_view heading, std::string_view prefix) {
  return !prefix.empty() && heading.starts_with(prefix) &&
         (heading.size() == prefix.size() || heading[prefix.size()] == ' ');
}

std::string WithoutLinksAndCode(std::string_view line) { return Strip(line, true); }
std::string WithoutUrls(std::string_view line) { return Strip(line, false); }

int CountWords(std::string_view text) {
  int words = 0;
  bool counted = false;
  for (const char c : text) {
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
      counted = false;
    } else if (!counted && (IsAsciiAlnum(c) || static_cast<unsigned char>(c) >= 0x80)) {
      counted = true;
      ++words;
    }
  }
  return words;
}

std::string ForeignTitle(std::string_view header, const Outline& outline) {
  constexpr size_t kMaxTitle = 300;
  const auto marked =
      std::find_if(outline.headings.begin(), outline.headings.end(), [&](const Heading& heading) {
        return heading.level == 1 &&
               MarkedHeading(outline.lines[heading.first - 1].text).level == 1;
      });
  if (marked != outline.headings.end()) return TitleFrom(marked->text, kMaxTitle);
  std::string title = HeaderTitle(header.empty() ? LeadingHeader(outline) : std::string(header));
  if (title.empty() && !outline.headings.empty()) title = outline.headings.front().text;
  for (size_t i = 0; title.empty() && i < outline.lines.size(); ++i) {
    if (CountWords(outline.lines[i].text) > 0) title = Trim(outline.lines[i].text);
  }
  return TitleFrom(title, kMaxTitle);
}

}  // namespace gavel::rules
