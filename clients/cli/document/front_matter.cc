#include "clients/cli/document/front_matter.h"

namespace gavel::cli {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

std::string_view Trimmed(std::string_view text) {
  const auto is_blank = [](char c) { return c == ' ' || c == '\t' || c == '\r'; };
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  return text;
}

std::string_view PlainValue(std::string_view text) {
  text = Trimmed(text.substr(0, text.find(" #")));
  const bool quoted = text.size() >= 2 && text.front() == text.back() &&
                      (text.front() == '"' || text.front() == '\'');
  return quoted ? text.substr(1, text.size() - 2) : text;
}

bool IsField(std::string_view line, std::string_view name) {
  return line.starts_with(name) && line.size() > name.size() && line[name.size()] == ':';
}

}  // namespace

FrontMatterField FindField(std::string_view content, std::string_view name) {
  if (content.starts_with(kByteOrderMark)) content.remove_prefix(kByteOrderMark.size());
  for (int line = 1; !content.empty(); ++line) {
    const size_t newline = content.find('\n');
    const std::string_view text = content.substr(0, newline);
    content = newline == std::string_view::npos ? "" : content.substr(newline + 1);
    const bool fence = Trimmed(text) == "---";
    if (fence != (line == 1)) return {};  // No front matter, or its end.
    if (IsField(text, name)) return {std::string(PlainValue(text.substr(name.size() + 1))), line};
  }
  return {};
}

bool IsSpecDocument(std::string_view content) { return FindField(content, "spec").line > 0; }

std::string WithKey(std::string_view content, std::string_view key) {
  const int after = FindField(content, "spec").line;
  if (after == 0) return std::string(content);
  size_t at = 0;
  for (int line = 0; line < after; ++line) {
    at = content.find('\n', at);
    if (at == std::string_view::npos) return std::string(content);
    ++at;
  }
  const bool crlf = at >= 2 && content[at - 2] == '\r';
  std::string out(content.substr(0, at));
  out += "key: ";
  out += key;
  out += crlf ? "\r\n" : "\n";
  return out + std::string(content.substr(at));
}

}  // namespace gavel::cli
