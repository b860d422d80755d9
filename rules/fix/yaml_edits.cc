#include "rules/fix/yaml_edits.h"

#include <fmt/format.h>

#include <algorithm>

#include "rules/text/words.h"

namespace gavel::rules {
namespace {

// The last line that `node` has a character on.
int LastLine(const OpenDocument& document, const YamlNode& node) {
  const TextLines& lines = document.lines();
  int line = std::min(node.end_line, lines.count());
  if (node.end_column == 1 && line > node.line) --line;
  while (line > node.line && Trim(lines.Text(lines.Line(line))).empty()) --line;
  return line;
}

TextEdit WholeLines(const OpenDocument& document, int first, int last) {
  const size_t begin = document.lines().WholeLine(first).begin;
  return {begin, document.lines().WholeLine(last).end - begin, ""};
}

// A line of its own behind `line`.
TextEdit LineBehind(const OpenDocument& document, int line, std::string_view text) {
  const size_t at = document.lines().WholeLine(line).end;
  return {at, 0, fmt::format("{}{}", text, document.lines().newline())};
}

// Member `index` of a flow collection, with the comma that it no longer needs. `begins` and `ends`
// are those of its members.
std::optional<TextEdit> RemoveFlowMember(const OpenDocument& document,
                                         const std::vector<TextRange>& members, size_t index) {
  if (members.size() < 2) return std::nullopt;
  const bool last = index + 1 == members.size();
  const size_t begin = last ? members[index - 1].end : members[index].begin;
  const size_t end = last ? members[index].end : members[index + 1].begin;
  if (document.bytes().substr(begin, end - begin).find('#') != std::string_view::npos) {
    return std::nullopt;  // A comment between them would go with it.
  }
  return TextEdit{begin, end - begin, ""};
}

// What stands on the line of a block item before it: indentation and dash.
std::optional<std::string_view> DashBefore(const OpenDocument& document, const YamlNode& item) {
  const TextLines& lines = document.lines();
  const size_t begin = lines.Line(item.line).begin;
  const auto before =
      document.bytes().substr(begin, lines.OffsetOf(item.line, item.column) - begin);
  return Trim(before) == "-" ? std::optional(before) : std::nullopt;
}

}  // namespace

std::string YamlScalar(std::string_view value) {
  const bool plain =
      !value.empty() && IsAsciiAlnum(value.front()) && value.back() != ' ' &&
      std::all_of(value.begin(), value.end(), [](char c) {
        return IsAsciiAlnum(c) || c == ' ' || c == '/' || c == '-' || c == '.' || c == '_';
      });
  if (plain) return std::string(value);
  std::string quoted = "\"";
  for (const char c : value) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + "\"";
}

std::optional<TextEdit> ReplaceValue(const OpenDocument& document, const YamlNode& node,
                                     std::string_view text) {
  const auto range = document.RangeOf(node);
  if (!range) return std::nullopt;
  const bool empty = range->begin == range->end;
  return TextEdit{range->begin, range->end - range->begin,
                  empty ? fmt::format(" {}", text) : std::string(text)};
}

std::optional<TextEdit> ReplaceScalar(const OpenDocument& document, const YamlNode& node,
                                      std::string_view value) {
  if (!node.IsScalar()) return std::nullopt;
  const auto text = document.TextOf(node);
  const std::string written = YamlScalar(value);
  const bool keeps_quotes = text && written == value && text->size() >= 2 &&
                            (text->front() == '"' || text->front() == '\'');
  return ReplaceValue(document, node,
                      keeps_quotes ? fmt::format("{0}{1}{0}", text->front(), value) : written);
}

std::optional<TextEdit> RemoveItem(const OpenDocument& document, const FoundNode& item) {
  const std::vector<YamlNode>& items = item.parent->items;
  if (items.size() < 2) return std::nullopt;
  if (!document.IsFlow(*item.parent)) {
    if (!DashBefore(document, *item.node)) return std::nullopt;
    return WholeLines(document, item.node->line, LastLine(document, *item.node));
  }
  std::vector<TextRange> members;
  for (const YamlNode& member : items) {
    const auto range = document.RangeOf(member);
    if (!range) return std::nullopt;
    members.push_back(*range);
  }
  return RemoveFlowMember(document, members, item.index);
}

std::optional<TextEdit> RemoveEntry(const OpenDocument& document, const FoundNode& entry) {
  const std::vector<YamlEntry>& entries = entry.parent->entries;
  if (entries.size() < 2) return std::nullopt;
  if (!document.IsFlow(*entry.parent)) {
    const YamlEntry& gone = entries[entry.index];
    const TextLines& lines = document.lines();
    const size_t begin = lines.Line(gone.key.line).begin;
    const size_t key = lines.OffsetOf(gone.key.line, gone.key.column);
    if (!Trim(document.bytes().substr(begin, key - begin)).empty()) return std::nullopt;
    return WholeLines(document, gone.key.line, LastLine(document, gone.value));
  }
  std::vector<TextRange> members;
  for (const YamlEntry& member : entries) {
    const auto key = document.RangeOf(member.key);
    const auto value = document.RangeOf(member.value);
    if (!key || !value) return std::nullopt;
    members.push_back({key->begin, value->end});
  }
  return RemoveFlowMember(document, members, entry.index);
}

std::optional<TextEdit> AppendItem(const OpenDocument& document, const YamlNode& list,
                                   std::string_view text) {
  if (!list.IsSequence() || list.items.empty()) return std::nullopt;
  const YamlNode& last = list.items.back();
  if (document.IsFlow(list)) {
    const auto range = document.RangeOf(last);
    if (!range) return std::nullopt;
    return TextEdit{range->end, 0, fmt::format(", {}", text)};
  }
  const auto dash = DashBefore(document, last);
  if (!dash) return std::nullopt;
  return LineBehind(document, LastLine(document, last), fmt::format("{}{}", *dash, text));
}

std::optional<TextEdit> InsertEntry(const OpenDocument& document, const YamlNode& mapping,
                                    size_t index, std::string_view entry,
                                    std::string_view comment) {
  if (index >= mapping.entries.size()) return std::nullopt;
  const YamlEntry& before = mapping.entries[index];
  if (document.IsFlow(mapping)) {
    const auto range = document.RangeOf(before.value);
    if (!range) return std::nullopt;
    return TextEdit{range->end, 0, fmt::format(", {}", entry)};
  }
  const auto indent = static_cast<size_t>(mapping.entries.front().key.column - 1);
  const std::string line = fmt::format("{}{}{}{}", std::string(indent, ' '), entry,
                                       comment.empty() ? "" : "  # ", comment);
  return LineBehind(document, LastLine(document, before.value), line);
}

}  // namespace gavel::rules
