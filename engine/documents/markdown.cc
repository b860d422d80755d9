#include "engine/documents/markdown.h"

#include <algorithm>
#include <cctype>

#include "engine/domain/planning/wording.h"

namespace gavel::documents {
namespace {

bool IsWordChar(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; }

// `<b`, `</b`, `<!--`, `<?`, and an autolink `<https:`.
bool OpensTag(std::string_view rest) {
  if (rest.size() < 2 || rest[0] != '<') return false;
  return IsWordChar(rest[1]) || rest[1] == '/' || rest[1] == '!' || rest[1] == '?';
}

// `&amp;` or `&#38;`.
bool OpensEntity(std::string_view rest) {
  if (rest.size() < 2 || rest[0] != '&') return false;
  return IsWordChar(rest[1]) || rest[1] == '#';
}

// `](`, `][` and `]:`: what stands before would be a link, an image or the name of one.
bool ClosesLinkText(std::string_view rest) {
  if (rest.size() < 2 || rest[0] != ']') return false;
  return rest[1] == '(' || rest[1] == '[' || rest[1] == ':';
}

// True where every backtick opens or closes a plain `code` span. Anything cleverer counts as text,
// as what it spans would depend on rules that this file does not repeat.
bool HasPlainCode(std::string_view line) {
  return std::count(line.begin(), line.end(), '`') % 2 == 0 &&
         line.find("``") == std::string_view::npos && line.find('\\') == std::string_view::npos;
}

std::vector<std::string> LinesOf(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    lines.push_back(OneLine(text.substr(0, end)));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  const auto empty = [](const std::string& line) { return line.empty(); };
  while (!lines.empty() && empty(lines.back())) lines.pop_back();
  lines.erase(lines.begin(), std::find_if_not(lines.begin(), lines.end(), empty));
  return lines;
}

}  // namespace

std::string Inline(std::string_view text, std::string_view fallback) {
  const std::string line = OneLine(text);
  if (line.empty()) return std::string(fallback);
  const bool plain_code = HasPlainCode(line);
  std::string safe;
  bool in_code = false;
  bool escaped = false;  // By a backslash of the text itself.
  for (size_t at = 0; at < line.size(); ++at) {
    const char c = line[at];
    const std::string_view rest = std::string_view(line).substr(at);
    if (c == '`' && plain_code) in_code = !in_code;
    const bool active =
        OpensTag(rest) || OpensEntity(rest) || ClosesLinkText(rest) || (c == '`' && !plain_code);
    if (active && !in_code && !escaped) safe += '\\';
    safe += c;
    escaped = c == '\\' && !escaped;
  }
  // A backslash at the end would take the meaning of what follows the text.
  if (escaped) safe += '\\';
  return safe;
}

std::string Sentence(std::string_view text, std::string_view fallback) {
  std::string line = Inline(text, fallback);
  if (line.back() != '.' && line.back() != '?' && line.back() != '!') line += '.';
  return line;
}

std::string Joined(const std::vector<std::string>& items, std::string_view separator,
                   std::string_view none) {
  std::string text;
  for (const std::string& item : items) {
    if (!text.empty()) text += separator;
    text += item;
  }
  return text.empty() ? std::string(none) : text;
}

void MarkdownWriter::Quote(std::string_view indent, std::string_view label, std::string_view text) {
  const std::vector<std::string> lines = LinesOf(text);
  if (lines.size() < 2) {
    Line("{}- {}: {}", indent, label, Inline(text));
    return;
  }
  Line("{}- {}:", indent, label);
  for (const std::string& line : lines) {
    const std::string safe = Inline(line, "");
    Line("{}  >{}{}", indent, safe.empty() ? "" : " ", safe);
  }
}

}  // namespace gavel::documents
