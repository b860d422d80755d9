// From YAML files of others to attributes, and what is wrong with such a file.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "rules/detect/resource.h"
#include "rules/yaml/node.h"

namespace gavel::rules {

// The documents of a YAML stream, which `---` lines part. Empty ones are left out.
struct YamlStream {
  std::vector<YamlNode> documents;
  std::string error;  // The first problem, with its line; empty where there is none.
};

inline constexpr size_t kMaxYamlDocuments = 1000;

// Reads each document with the strict reader: its limits hold per document, and what it refuses
// (anchors, tags) is an error here although YAML allows it. More than kMaxYamlDocuments are one,
// too.
YamlStream ReadYamlStream(std::string_view text);

// Adds every scalar below `node` under its dotted path. A value with a `${…}` in it is unknown.
void AddAttributes(const YamlNode& node, const std::string& path, Resource& resource);

// The text at `mapping[key]`; empty where there is none.
std::string TextAt(const YamlNode* mapping, std::string_view key);

}  // namespace gavel::rules
