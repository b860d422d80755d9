#include "clients/cli/settings/flat_yaml.h"

#include "clients/cli/command.h"
#include "engine/base/status_macros.h"
#include "fmt/format.h"
#include "rules/yaml/strict_yaml.h"

namespace gavel::cli {
namespace {

absl::Status Wrong(const std::string& file, int line, std::string_view what) {
  return UsageError(fmt::format("{}:{}: {}", file, line, what));
}

absl::StatusOr<FlatValue> ValueOf(const rules::YamlNode& node, const std::string& file) {
  FlatValue value{.text = node.value, .items = {}, .line = node.line};
  if (node.IsMapping()) return Wrong(file, node.line, "must be a text or a list of texts");
  for (const rules::YamlNode& item : node.items) {
    if (!item.IsScalar()) return Wrong(file, item.line, "must be a text");
    value.items.push_back(item.value);
  }
  return value;
}

}  // namespace

absl::StatusOr<FlatYaml> ParseFlatYaml(std::string_view text, const std::string& file) {
  const rules::YamlResult yaml = rules::ParseStrictYaml(text, rules::YamlLimits());
  if (!yaml.ok()) return Wrong(file, yaml.problems[0].line, yaml.problems[0].message);
  FlatYaml values;
  if (yaml.root.IsEmpty()) return values;  // Nothing, or comments only.
  if (!yaml.root.IsMapping()) return Wrong(file, yaml.root.line, "must hold `key: value` lines");
  for (const rules::YamlEntry& entry : yaml.root.entries) {
    absl::StatusOr<FlatValue> value = ValueOf(entry.value, file);
    if (!value.ok()) return value.status();
    values.emplace(entry.key.value, *std::move(value));
  }
  return values;
}

}  // namespace gavel::cli
