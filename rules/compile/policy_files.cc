#include "rules/compile/policy_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "engine/base/error.h"
#include "engine/base/status_macros.h"
#include "rules/compile/catalog_file.h"
#include "rules/compile/org_file.h"
#include "rules/compile/rules_file.h"

namespace gavel::rules {
namespace {

namespace fs = std::filesystem;

constexpr size_t kMaxFileBytes = 256 * 1024;

absl::Status PolicyInvalid(const std::vector<PolicyProblem>& problems) {
  std::vector<FieldViolation> violations;
  for (const PolicyProblem& problem : problems) {
    if (!problem.error) continue;
    std::string place = problem.file;
    if (problem.line > 0) place += fmt::format(":{}:{}", problem.line, problem.column);
    violations.push_back({std::move(place), problem.message, problem.code});
  }
  const FieldViolation& first = violations.front();
  return MakeInvalid("POLICY_INVALID",
                     fmt::format("The policy has {} {}: {}: {} [{}]", violations.size(),
                                 violations.size() == 1 ? "error" : "errors, first", first.field,
                                 first.description, first.reason),
                     violations);
}

bool HasErrors(const std::vector<PolicyProblem>& problems) {
  return std::any_of(problems.begin(), problems.end(),
                     [](const auto& problem) { return problem.error; });
}

absl::StatusOr<std::string> ReadPolicyFile(const fs::path& path, const std::string& name) {
  std::error_code error;
  const fs::file_status status = fs::symlink_status(path, error);
  if (!fs::exists(status)) {
    return MakeError(absl::StatusCode::kNotFound, "POLICY_INVALID",
                     fmt::format("No policy file {}.", path.string()), {{"file", name}});
  }
  if (!fs::is_regular_file(status))
    return PolicyInvalid({{name, 0, 0, "GV501", true, "This is no regular file."}});
  if (const auto size = fs::file_size(path, error); error || size > kMaxFileBytes) {
    return PolicyInvalid(
        {{name, 0, 0, "GV509", true, fmt::format("At most {} bytes are read.", kMaxFileBytes)}});
  }
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

}  // namespace

absl::StatusOr<std::shared_ptr<const Policy>> CompilePolicy(const v1::PolicySource& source,
                                                            const v1::Date& published) {
  std::vector<PolicyProblem> problems;
  for (const char* file : {"org.yaml", "catalog.yaml", "rules.yaml"}) {
    if (source.files().count(file) > 0) continue;
    problems.push_back(
        {file, 0, 0, "GV501", true, "The file is missing. A policy is org, catalog and rules."});
  }
  if (HasErrors(problems)) return PolicyInvalid(problems);

  PolicyParts parts;
  parts.source = source;
  parts.published = published;
  parts.org = ReadOrgFile(source, problems);
  parts.catalog = ReadCatalogFile(source, parts.org, published, problems);
  RulesFile rules = ReadRulesFile(source, parts.org, parts.catalog, published, problems);
  if (HasErrors(problems)) return PolicyInvalid(problems);

  parts.rule_set = std::move(rules.rule_set);
  for (const v1::Rule& rule : parts.rule_set.rules()) {
    const auto [line, column] = rules.places.at(rule.id());
    parts.rules.push_back({rule, CompileProgram(rule.when()), line, column});
  }
  parts.warnings = std::move(problems);
  return std::make_shared<const Policy>(std::move(parts));
}

absl::StatusOr<v1::PolicySource> LoadPolicySource(const std::string& folder) {
  v1::PolicySource source;
  const fs::path root(folder);
  for (const char* name : {"org.yaml", "catalog.yaml", "rules.yaml"}) {
    GAVEL_ASSIGN_OR_RETURN((*source.mutable_files())[name], ReadPolicyFile(root / name, name));
  }
  std::error_code error;
  if (fs::exists(root / "rules.test.yaml", error)) {
    GAVEL_ASSIGN_OR_RETURN((*source.mutable_files())["rules.test.yaml"],
                           ReadPolicyFile(root / "rules.test.yaml", "rules.test.yaml"));
  }
  for (const fs::directory_entry& entry : fs::directory_iterator(root / "holidays", error)) {
    if (entry.path().extension() != ".ics") continue;
    const std::string name = "holidays/" + entry.path().filename().string();
    GAVEL_ASSIGN_OR_RETURN((*source.mutable_files())[name], ReadPolicyFile(entry.path(), name));
  }
  return source;
}

}  // namespace gavel::rules
