#include "rules/yaml/strict_yaml.h"

#include <fmt/format.h>
#include <yaml.h>

#include <algorithm>
#include <map>
#include <optional>

#include "engine/base/unicode.h"
#include "rules/text/words.h"

namespace gavel::rules {
namespace {

// More than this many problems help nobody.
constexpr size_t kMaxProblems = 20;

std::string_view LineAt(std::string_view text, size_t index) {
  for (size_t begin = 0;; --index) {
    const size_t end = text.find('\n', begin);
    if (index == 0) return text.substr(begin, end == std::string_view::npos ? end : end - begin);
    if (end == std::string_view::npos) return {};
    begin = end + 1;
  }
}

// libyaml's events, one at a time.
class EventReader {
 public:
  explicit EventReader(std::string_view text) {
    yaml_parser_initialize(&parser_);
    yaml_parser_set_encoding(&parser_, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser_, reinterpret_cast<const unsigned char*>(text.data()),
                                 text.size());
  }
  ~EventReader() {
    yaml_event_delete(&event_);
    yaml_parser_delete(&parser_);
  }
  EventReader(const EventReader&) = delete;
  EventReader& operator=(const EventReader&) = delete;

  // False on a syntax error; `event()` is then the old one.
  bool Next() {
    yaml_event_delete(&event_);
    event_ = {};
    ++count_;
    return yaml_parser_parse(&parser_, &event_) == 1;
  }

  const yaml_event_t& event() const { return event_; }
  const yaml_parser_t& parser() const { return parser_; }
  int count() const { return count_; }

 private:
  yaml_parser_t parser_;
  yaml_event_t event_ = {};
  int count_ = 0;
};

class Builder {
 public:
  Builder(std::string_view text, const YamlLimits& limits, int first_line)
      : text_(text), limits_(limits), first_line_(first_line), reader_(text) {}

  YamlResult Build() {
    if (CheckBytes()) BuildStream();
    return std::move(result_);
  }

 private:
  bool CheckBytes();
  void BuildStream();
  bool Advance();
  std::optional<YamlNode> BuildNode(int depth);
  bool BuildSequence(YamlNode& node, int depth);
  bool BuildMapping(YamlNode& node, int depth);
  void EndAt(const yaml_mark_t& mark, YamlNode& node) const;
  void EndWith(const YamlNode* last, bool flow, YamlNode& node) const;
  void CheckValue(const YamlNode& node);
  void CheckKey(const YamlNode& key, std::map<std::string, int>& lines);
  void CheckProperties(const unsigned char* anchor, const unsigned char* tag);
  void ReportSyntax();

  // Notes a problem; false once there are too many.
  bool Problem(std::string code, const yaml_mark_t& at, std::string message) {
    result_.problems.push_back({std::move(code), first_line_ + static_cast<int>(at.line),
                                static_cast<int>(at.column) + 1, std::move(message)});
    return result_.problems.size() < kMaxProblems;
  }

  const std::string_view text_;
  const YamlLimits limits_;
  const int first_line_;
  EventReader reader_;
  YamlResult result_;
};

yaml_mark_t MarkAt(std::string_view text, size_t offset) {
  yaml_mark_t mark = {};
  for (size_t at = 0; at < offset && at < text.size();) {
    if (text[at] == '\n') {
      ++mark.line;
      mark.column = 0;
    } else {
      ++mark.column;
    }
    if (!NextCodePoint(text, at)) break;
  }
  return mark;
}

// What no text may hold, not even by an escape such as `"\u202e"`.
bool IsForbidden(uint32_t c) {
  const bool control = (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7F && c < 0xA0);
  return control || IsBidiControl(c) || IsForeignLineBreak(c) || c == 0xFEFF;
}

bool Builder::CheckBytes() {
  if (text_.size() > limits_.max_bytes) {
    Problem("GV005", {},
            fmt::format("{} bytes of YAML; at most {} are read. Move text to the body.",
                        text_.size(), limits_.max_bytes));
    return false;
  }
  // libyaml reads lines that end in CR LF, and names other control characters itself.
  const auto forbidden = [](uint32_t c) {
    return c == 0 || IsForeignLineBreak(c) || (c >= 0xA0 && IsForbidden(c));
  };
  if (const auto found = FindCharacter(text_, forbidden)) {
    Problem("GV018", MarkAt(text_, found->offset),
            fmt::format("The invisible character {} is not allowed here. Remove it.",
                        CodePointText(found->code_point)));
    return false;
  }
  return true;
}

void Builder::BuildStream() {
  if (!Advance() || !Advance()) return;  // STREAM-START, then DOCUMENT-START or STREAM-END.
  if (reader_.event().type == YAML_STREAM_END_EVENT) return;
  const auto& start = reader_.event().data.document_start;
  if (start.version_directive != nullptr ||
      start.tag_directives.start != start.tag_directives.end) {
    Problem("GV013", reader_.event().start_mark,
            "YAML directives are not read. Remove the % line.");
  }
  if (!Advance()) return;
  auto root = BuildNode(1);
  if (!root) return;
  result_.root = *std::move(root);
  if (!Advance() || !Advance()) return;  // DOCUMENT-END, then what should be STREAM-END.
  if (reader_.event().type != YAML_STREAM_END_EVENT) {
    Problem("GV015", reader_.event().start_mark, "A second YAML document starts. Keep only one.");
  }
}

bool Builder::Advance() {
  if (!reader_.Next()) {
    ReportSyntax();
    return false;
  }
  if (reader_.count() > limits_.max_events) {
    Problem("GV017", reader_.event().start_mark,
            fmt::format("More than {} YAML events. Shorten the lists.", limits_.max_events));
    return false;
  }
  return true;
}

// Builds the node that starts at the current event; leaves its last event current.
std::optional<YamlNode> Builder::BuildNode(int depth) {
  const yaml_event_t& event = reader_.event();
  YamlNode node;
  node.line = first_line_ + static_cast<int>(event.start_mark.line);
  node.column = static_cast<int>(event.start_mark.column) + 1;
  if (depth > limits_.max_depth) {
    Problem("GV016", event.start_mark,
            fmt::format("Nested deeper than {} levels. Flatten it.", limits_.max_depth));
    return std::nullopt;
  }
  switch (event.type) {
    case YAML_ALIAS_EVENT:
      if (!Problem("GV012", event.start_mark,
                   "YAML aliases (`*name`) are not read. Repeat the value."))
        return std::nullopt;
      return node;
    case YAML_SCALAR_EVENT:
      CheckProperties(event.data.scalar.anchor, event.data.scalar.tag);
      node.value.assign(reinterpret_cast<const char*>(event.data.scalar.value),
                        event.data.scalar.length);
      node.plain = event.data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
      EndAt(event.end_mark, node);
      CheckValue(node);
      return node;
    case YAML_SEQUENCE_START_EVENT:
      CheckProperties(event.data.sequence_start.anchor, event.data.sequence_start.tag);
      node.kind = YamlNode::Kind::kSequence;
      if (!BuildSequence(node, depth)) return std::nullopt;
      return node;
    default:
      CheckProperties(event.data.mapping_start.anchor, event.data.mapping_start.tag);
      node.kind = YamlNode::Kind::kMapping;
      if (!BuildMapping(node, depth)) return std::nullopt;
      return node;
  }
}

void Builder::EndAt(const yaml_mark_t& mark, YamlNode& node) const {
  node.end_line = first_line_ + static_cast<int>(mark.line);
  node.end_column = static_cast<int>(mark.column) + 1;
}

// The end of a collection, at its end event. libyaml ends a block collection where the next token
// starts, behind comments and blank lines; people see it end with its last member.
void Builder::EndWith(const YamlNode* last, bool flow, YamlNode& node) const {
  EndAt(reader_.event().end_mark, node);
  if (flow || last == nullptr) return;
  node.end_line = last->end_line;
  node.end_column = last->end_column;
}

bool Builder::BuildSequence(YamlNode& node, int depth) {
  const bool flow = reader_.event().data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE;
  while (Advance()) {
    if (reader_.event().type == YAML_SEQUENCE_END_EVENT) {
      EndWith(node.items.empty() ? nullptr : &node.items.back(), flow, node);
      return true;
    }
    auto item = BuildNode(depth + 1);
    if (!item) return false;
    node.items.push_back(*std::move(item));
  }
  return false;
}

bool Builder::BuildMapping(YamlNode& node, int depth) {
  const bool flow = reader_.event().data.mapping_start.style == YAML_FLOW_MAPPING_STYLE;
  std::map<std::string, int> lines;
  while (Advance()) {
    if (reader_.event().type == YAML_MAPPING_END_EVENT) {
      EndWith(node.entries.empty() ? nullptr : &node.entries.back().value, flow, node);
      return true;
    }
    auto key = BuildNode(depth + 1);
    if (!key) return false;
    CheckKey(*key, lines);
    if (!Advance()) return false;
    auto value = BuildNode(depth + 1);
    if (!value) return false;
    node.entries.push_back({*std::move(key), *std::move(value)});
    if (result_.problems.size() >= kMaxProblems) return false;
  }
  return false;
}

void Builder::CheckValue(const YamlNode& node) {
  const auto found = FindCharacter(node.value, IsForbidden);
  if (!found) return;
  result_.problems.push_back({"GV018", node.line, node.column,
                              fmt::format("The text holds {}, written as an escape. Remove it.",
                                          InvisibleText(found->code_point))});
}

void Builder::CheckKey(const YamlNode& key, std::map<std::string, int>& lines) {
  const auto report = [&](std::string code, std::string message) {
    result_.problems.push_back({std::move(code), key.line, key.column, std::move(message)});
  };
  if (!key.IsScalar()) return report("GV019", "A key must be text, not a list or a mapping.");
  if (key.plain && key.value == "<<") {
    return report("GV014", "Merge keys (`<<`) are not read. Repeat the values.");
  }
  // CheckValue said the rest.
  const auto unsafe = [](uint32_t c) { return IsUnsafeInName(c) && !IsForbidden(c); };
  if (const auto found = FindCharacter(key.value, unsafe)) {
    return report("GV018",
                  fmt::format("The key holds {}. Remove it.", InvisibleText(found->code_point)));
  }
  const auto [first, inserted] = lines.emplace(key.value, key.line);
  if (inserted) return;
  report("GV011", fmt::format("The key `{}` stands on line {} and again on line {}. Keep one.",
                              key.value, first->second, key.line));
}

void Builder::CheckProperties(const unsigned char* anchor, const unsigned char* tag) {
  const yaml_mark_t& at = reader_.event().start_mark;
  if (anchor != nullptr) Problem("GV012", at, "YAML anchors (`&name`) are not read. Remove it.");
  if (tag != nullptr) Problem("GV013", at, "YAML tags (`!name`) are not read. Remove it.");
}

void Builder::ReportSyntax() {
  const yaml_parser_t& parser = reader_.parser();
  if (parser.error == YAML_READER_ERROR) {
    Problem("GV010", MarkAt(text_, parser.problem_offset),
            fmt::format("A character is not allowed in YAML ({}). Remove it.", parser.problem));
    return;
  }
  const yaml_mark_t at = parser.problem_mark;
  const std::string_view problem = parser.problem != nullptr ? parser.problem : "out of memory";
  if (problem.find("<document start>") != std::string_view::npos) {
    Problem("GV015", at, "A second YAML document starts. Keep only one.");
    return;
  }
  const std::string_view line = LineAt(text_, at.line);
  const size_t indent = line.find_first_not_of(" \t");
  if (line.substr(0, indent).find('\t') != std::string_view::npos) {
    Problem("GV010", at, "The line is indented with a tab. Use spaces.");
    return;
  }
  std::string fix;
  if (at.column < line.size() && (line[at.column] == '@' || line[at.column] == '`')) {
    fix = fmt::format(" Put quotes around a value that starts with {}.", line[at.column]);
  }
  Problem("GV010", at,
          fmt::format("Not YAML: {}{}{}.{}", parser.context ? parser.context : "",
                      parser.context ? ", " : "", problem, fix));
}

}  // namespace

bool YamlNode::IsEmpty() const {
  return IsScalar() && (value.empty() || (plain && (value == "~" || value == "null")));
}

const YamlNode* YamlNode::Find(std::string_view key) const {
  const auto found = std::find_if(entries.begin(), entries.end(),
                                  [&](const YamlEntry& entry) { return entry.key.value == key; });
  return found == entries.end() ? nullptr : &found->value;
}

YamlResult ParseStrictYaml(std::string_view text, const YamlLimits& limits, int first_line) {
  return Builder(text, limits, first_line).Build();
}

}  // namespace gavel::rules
