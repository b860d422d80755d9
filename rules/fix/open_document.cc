#include "rules/fix/open_document.h"

#include <algorithm>
#include <charconv>

#include "rules/text/words.h"
#include "rules/yaml/strict_yaml.h"

namespace gavel::rules {
namespace {

constexpr std::string_view kFrontMatter = "front_matter.";

// One step of a path: a key, or a number in brackets.
struct PathStep {
  std::string_view key;
  std::optional<size_t> index;
};

// The steps of `dependencies[1].use`. No key of the schema has a point or a bracket in it.
std::vector<PathStep> StepsOf(std::string_view path) {
  std::vector<PathStep> steps;
  while (!path.empty()) {
    const size_t end = std::min(path.find_first_of(".[]"), path.size());
    const std::string_view word = path.substr(0, end);
    size_t number = 0;
    if (end < path.size() && path[end] == ']') {
      std::from_chars(word.data(), word.data() + word.size(), number);
      steps.push_back({{}, number});
    } else if (!word.empty()) {
      steps.push_back({word, std::nullopt});
    }
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  return steps;
}

std::optional<FoundNode> StepInto(const YamlNode& node, const PathStep& step) {
  if (step.index) {
    if (!node.IsSequence() || *step.index >= node.items.size()) return std::nullopt;
    return FoundNode{&node.items[*step.index], &node, *step.index};
  }
  for (size_t i = 0; i < node.entries.size(); ++i) {
    if (node.entries[i].key.value == step.key) return FoundNode{&node.entries[i].value, &node, i};
  }
  return std::nullopt;
}

YamlNode ReadRoot(const Frame& frame) {
  if (!frame.ours) return {};
  YamlResult yaml = ParseStrictYaml(frame.header, {}, frame.header_line);
  return yaml.ok() && yaml.root.IsMapping() ? std::move(yaml.root) : YamlNode();
}

std::optional<FoundNode> KeyAt(const YamlNode& node, int line, int column) {
  for (size_t i = 0; i < node.entries.size(); ++i) {
    const YamlEntry& entry = node.entries[i];
    if (entry.key.line == line && entry.key.column == column)
      return FoundNode{&entry.key, &node, i};
    if (auto found = KeyAt(entry.value, line, column)) return found;
  }
  for (const YamlNode& item : node.items) {
    if (auto found = KeyAt(item, line, column)) return found;
  }
  return std::nullopt;
}

const KeySpec* KeyOf(Shape shape, std::string_view name) {
  const std::vector<KeySpec>& keys = KeysOf(shape);
  const auto key =
      std::find_if(keys.begin(), keys.end(), [&](const KeySpec& k) { return k.key == name; });
  return key == keys.end() ? nullptr : &*key;
}

// What the values of `key` are mappings of.
Shape ShapeBelow(const KeySpec& key) {
  return key.kind == Kind::kMoneyRange ? Shape::kRange
         : key.kind == Kind::kShape    ? key.shape
                                       : Shape::kNone;
}

std::string_view WithoutPrefix(std::string_view field) {
  return field.starts_with(kFrontMatter) ? field.substr(kFrontMatter.size()) : std::string_view();
}

}  // namespace

OpenDocument::OpenDocument(std::string_view bytes, const Policy* policy)
    : lines_(bytes),
      policy_(policy),
      frame_(SplitFrame(bytes)),
      outline_(ReadOutline(frame_.body, frame_.body_line)),
      root_(ReadRoot(frame_)) {}

std::optional<FoundNode> OpenDocument::Find(std::string_view field) const {
  const std::string_view path = WithoutPrefix(field);
  if (path.empty()) return std::nullopt;
  FoundNode found{&root_, nullptr, 0};
  for (const PathStep& step : StepsOf(path)) {
    const auto next = StepInto(*found.node, step);
    if (!next) return std::nullopt;
    found = *next;
  }
  return found;
}

std::optional<FoundNode> OpenDocument::FindKey(int line, int column) const {
  return KeyAt(root_, line, column);
}

std::optional<TextRange> OpenDocument::RangeOf(const YamlNode& node) const {
  TextRange range{lines_.OffsetOf(node.line, node.column),
                  lines_.OffsetOf(node.end_line, node.end_column)};
  if (range.end < range.begin) return std::nullopt;
  // A block scalar ends where the next line starts.
  while (range.end > range.begin &&
         std::string_view(" \t\r\n").find(bytes()[range.end - 1]) != std::string_view::npos) {
    --range.end;
  }
  const std::string_view text = lines_.Text(range);
  const bool one_line = node.IsScalar() && node.plain && node.line == node.end_line;
  if (one_line && text != node.value) return std::nullopt;
  return range;
}

std::optional<std::string_view> OpenDocument::TextOf(const YamlNode& node) const {
  const auto range = RangeOf(node);
  return range ? std::optional(lines_.Text(*range)) : std::nullopt;
}

bool OpenDocument::IsFlow(const YamlNode& node) const {
  const auto text = TextOf(node);
  return text && !node.IsScalar() && (text->starts_with('[') || text->starts_with('{'));
}

std::optional<FieldSchema> SchemaOf(std::string_view field) {
  Shape shape = Shape::kFrontMatter;
  FieldSchema found;
  for (const PathStep& step : StepsOf(WithoutPrefix(field))) {
    if (step.index) continue;
    const KeySpec* const key = KeyOf(shape, step.key);
    if (key == nullptr) return std::nullopt;
    found = {shape, key};
    shape = ShapeBelow(*key);
  }
  return found.key != nullptr ? std::optional(found) : std::nullopt;
}

Shape ParentShapeOf(std::string_view field) {
  const size_t point = field.rfind('.');
  if (point == std::string_view::npos) return Shape::kNone;
  if (point + 1 == kFrontMatter.size()) return Shape::kFrontMatter;
  const auto parent = SchemaOf(field.substr(0, point));
  return parent ? ShapeBelow(*parent->key) : Shape::kNone;
}

}  // namespace gavel::rules
