#include "rules/detect/yaml_attributes.h"

#include <fmt/format.h>

#include "engine/base/unicode.h"
#include "rules/text/words.h"
#include "rules/yaml/strict_yaml.h"

namespace gavel::rules {
namespace {

// `---` at the left margin starts a document, whatever surrounds it: YAML gives it no other
// meaning.
bool StartsDocument(std::string_view line) {
  return line.starts_with("---") &&
         (line.size() == 3 || line[3] == ' ' || line[3] == '\t' || line[3] == '\r');
}

// Reads one document, which starts on `line`; false where it is wrong.
bool ReadOneDocument(std::string_view text, int line, YamlStream& stream) {
  YamlResult yaml = ParseStrictYaml(text, {}, line);
  if (!yaml.ok()) {
    const YamlProblem& problem = yaml.problems.front();
    stream.error = fmt::format("line {}: {}", problem.line, problem.message);
    return false;
  }
  if (!yaml.root.IsEmpty()) stream.documents.push_back(std::move(yaml.root));
  return true;
}

}  // namespace

YamlStream ReadYamlStream(std::string_view text) {
  YamlStream stream;
  if (const auto invalid = FirstInvalidUtf8(text)) {
    stream.error = fmt::format("byte {} is not UTF-8.", *invalid);
    return stream;
  }
  int line_number = 1;
  int start_line = 1;
  size_t start = 0;
  size_t count = 0;
  for (size_t at = 0; at < text.size(); ++line_number) {
    const size_t end = std::min(text.find('\n', at), text.size());
    if (StartsDocument(text.substr(at, end - at))) {
      if (!ReadOneDocument(text.substr(start, at - start), start_line, stream)) return stream;
      if (++count > kMaxYamlDocuments) {
        stream.error = fmt::format("More than {} YAML documents.", kMaxYamlDocuments);
        return stream;
      }
      start = at + 3;
      start_line = line_number;
    }
    at = end + 1;
  }
  ReadOneDocument(text.substr(start), start_line, stream);
  return stream;
}

void AddAttributes(const YamlNode& node, const std::string& path, Resource& resource) {
  for (const YamlEntry& entry : node.entries) {
    const std::string& key = entry.key.value;
    AddAttributes(entry.value, path.empty() ? key : path + "." + key, resource);
  }
  for (const YamlNode& item : node.items) AddAttributes(item, path, resource);
  if (!node.IsScalar() || node.IsEmpty() || node.value.size() > kMaxAttributeBytes) return;
  Attribute& attribute = resource.attributes[path];
  if (node.value.find("${") != std::string::npos) {
    attribute.unknown = true;
  } else {
    attribute.values.push_back(node.value);
  }
}

std::string TextAt(const YamlNode* mapping, std::string_view key) {
  const YamlNode* const node = mapping != nullptr ? mapping->Find(key) : nullptr;
  return node != nullptr && node->IsScalar() && !node->IsEmpty() ? node->value : std::string();
}

}  // namespace gavel::rules
