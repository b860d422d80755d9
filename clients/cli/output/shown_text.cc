#include "clients/cli/output/shown_text.h"

#include <algorithm>
#include <random>

#include "clients/check/visible_text.h"
#include "fmt/format.h"

namespace gavel::cli {
namespace {

bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

// `text` with `before` in front of every line but the first. A last line feed begins no line.
std::string Behind(std::string_view text, std::string_view before) {
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.remove_suffix(1);
  std::string out;
  for (const char c : text) {
    out += c;
    if (c == '\n') out += before;
  }
  return out;
}

}  // namespace

std::string ShownText(std::string_view text, std::string_view own_mark) {
  std::string shown;
  while (!own_mark.empty()) {
    const size_t at = text.find(own_mark);
    if (at == std::string_view::npos) break;
    const size_t end = std::min(text.find('m', at), text.size() - 1) + 1;
    shown += check::VisibleText(text.substr(0, at));
    shown += fmt::format("\033[{}", text.substr(at + own_mark.size(), end - at - own_mark.size()));
    text.remove_prefix(end);
  }
  return shown + check::VisibleText(text);
}

std::string NewColorMark() {
  std::random_device random;
  return fmt::format("\033[{:08x}{:08x};", random(), random());
}

std::string Unbroken(std::string_view text) {
  std::string line(text);
  std::replace_if(
      line.begin(), line.end(), [](char c) { return c != ' ' && IsBlank(c); }, ' ');
  return line;
}

std::string OneLine(std::string_view text) {
  std::string line;
  for (const char c : text) {
    if (!IsBlank(c)) {
      line += c;
    } else if (!line.empty() && line.back() != ' ') {
      line += ' ';
    }
  }
  if (!line.empty() && line.back() == ' ') line.pop_back();
  return line;
}

std::string Hanging(std::string_view text, size_t columns) {
  return Behind(text, std::string(columns, ' '));
}

std::string Quoted(std::string_view text, std::string_view indent) {
  const std::string before = std::string(indent) + "> ";
  return before + Behind(text, before);
}

}  // namespace gavel::cli
