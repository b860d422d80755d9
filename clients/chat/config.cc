#include "clients/chat/config.h"

#include <algorithm>

#include "clients/chat/config_reader.h"
#include "engine/base/error.h"
#include "fmt/format.h"
#include "rules/policy.h"
#include "rules/yaml/strict_yaml.h"

namespace gavel::chat {
namespace {

using rules::FileReader;
using rules::YamlNode;

constexpr rules::YamlLimits kLimits = {.max_depth = 8};

std::string ReadBaseUrl(FileReader& reader, const YamlNode& root) {
  const YamlNode* const node = root.Find("base_url");
  if (node == nullptr) return "";
  std::string url = reader.Text(*node);
  if (!url.starts_with("https://") && !url.starts_with("http://")) {
    reader.Error(*node, "GV504", "An address that begins with https:// is wanted here.");
  }
  while (url.ends_with('/')) url.pop_back();
  return url;
}

Config ReadConfig(FileReader& reader, const YamlNode& root, const ReadNamedFile& read_file) {
  Config config;
  const bool known = reader.IsMapping(
      root, {"base_url", "destinations", "time_windows", "routes", "people", "coalesce"});
  if (!known) return config;
  config.base_url = ReadBaseUrl(reader, root);
  if (const YamlNode* const node = reader.Need(root, "destinations")) {
    config.destinations = ReadDestinations(reader, *node);
  }
  OpenHoursMap windows;
  if (const YamlNode* const node = root.Find("time_windows")) {
    windows = ReadWindows(reader, *node, read_file);
  }
  if (const YamlNode* const node = reader.Need(root, "routes")) {
    for (const YamlNode& item : reader.Items(*node)) {
      config.routes.push_back(ReadRoute(reader, item, config, windows));
    }
  }
  if (const YamlNode* const node = root.Find("people")) {
    config.people = ReadPeople(reader, *node, config, windows);
  }
  if (const YamlNode* const node = root.Find("coalesce")) {
    config.coalesce = ReadCoalesce(reader, *node);
  }
  return config;
}

absl::Status StatusOf(const std::vector<rules::PolicyProblem>& problems) {
  if (problems.empty()) return absl::OkStatus();
  std::string message;
  std::vector<FieldViolation> violations;
  for (const rules::PolicyProblem& problem : problems) {
    message += (message.empty() ? "" : "\n") + rules::ProblemText(problem);
    violations.push_back({fmt::format("{}:{}:{}", problem.file, problem.line, problem.column),
                          problem.message, problem.code});
  }
  return MakeInvalid("POLICY_INVALID", message, violations);
}

}  // namespace

const Destination* Config::FindDestination(const std::string& name) const {
  const auto found =
      std::find_if(destinations.begin(), destinations.end(),
                   [&](const Destination& destination) { return destination.name == name; });
  return found == destinations.end() ? nullptr : &*found;
}

absl::StatusOr<Config> ParseConfig(std::string_view text, const std::string& file,
                                   const ReadNamedFile& read_file) {
  std::vector<rules::PolicyProblem> problems;
  const rules::YamlResult yaml = rules::ParseStrictYaml(text, kLimits);
  for (const rules::YamlProblem& problem : yaml.problems) {
    problems.push_back({file, problem.line, problem.column, problem.code, true, problem.message});
  }
  FileReader reader(file, problems);
  Config config;
  if (yaml.ok()) config = ReadConfig(reader, yaml.root, read_file);
  if (absl::Status status = StatusOf(problems); !status.ok()) return status;
  return config;
}

}  // namespace gavel::chat
