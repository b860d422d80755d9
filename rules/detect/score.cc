#include "rules/detect/score.h"

#include <fmt/format.h>

#include "rules/detect/yaml_attributes.h"

namespace gavel::rules {
namespace {

Reading Failed(std::string error) {
  Reading reading;
  reading.error = std::move(error);
  return reading;
}

}  // namespace

Reading ReadScore(std::string_view text) {
  const YamlStream stream = ReadYamlStream(text);
  if (!stream.error.empty()) return Failed(stream.error);
  if (stream.documents.size() != 1) return Failed("A Score file is one YAML document.");
  const YamlNode& root = stream.documents.front();
  const std::string version = TextAt(&root, "apiVersion");
  if (!version.starts_with("score.dev/v1")) {
    return Failed(fmt::format("`apiVersion` is `{:.40}`, not `score.dev/v1…`.", version));
  }
  Reading reading;
  const YamlNode* const resources = root.Find("resources");
  if (resources == nullptr || resources->IsEmpty()) return reading;
  if (!resources->IsMapping()) return Failed("`resources` is no mapping.");
  for (const YamlEntry& entry : resources->entries) {
    Resource resource;
    resource.type = TextAt(&entry.value, "type");
    resource.address = fmt::format("resources.{} (line {})", entry.key.value, entry.key.line);
    if (resource.type.empty()) {
      return Failed(fmt::format("line {}: `{}` has no type.", entry.key.line, entry.key.value));
    }
    AddAttributes(entry.value, "", resource);
    reading.resources.push_back(std::move(resource));
  }
  return reading;
}

}  // namespace gavel::rules
