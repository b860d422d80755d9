#include "clients/cli/policy_folder.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <tuple>

#include "clients/cli/command.h"
#include "engine/base/error.h"
#include "engine/base/status_macros.h"
#include "rules/compile/policy_files.h"

namespace gavel::cli {
namespace {

namespace fs = std::filesystem;

std::string FolderOf(const std::string& path) {
  std::error_code error;
  if (fs::is_directory(path, error)) return path;
  if (!fs::exists(path, error)) return path;  // Reading it says so.
  const std::string folder = fs::path(path).parent_path().string();
  return folder.empty() ? "." : folder;
}

// Takes `:NUMBER` off the end of `place`; 0 where there is none.
int TakeNumber(std::string& place) {
  const size_t colon = place.rfind(':');
  if (colon == std::string::npos) return 0;
  int number = 0;
  const char* const end = place.data() + place.size();
  const auto parsed = std::from_chars(place.data() + colon + 1, end, number);
  if (parsed.ec != std::errc() || parsed.ptr != end) return 0;
  place.resize(colon);
  return number;
}

}  // namespace

absl::StatusOr<PolicyFolder> OpenPolicyFolder(const std::string& path) {
  PolicyFolder opened{FolderOf(path), {}};
  auto source = rules::LoadPolicySource(opened.folder);
  if (!source.ok()) return UsageError(std::string(source.status().message()));
  opened.source = *std::move(source);
  return opened;
}

absl::StatusOr<std::shared_ptr<const rules::Policy>> CompileFolder(const std::string& path,
                                                                   const v1::Date& day) {
  GAVEL_ASSIGN_OR_RETURN(const PolicyFolder opened, OpenPolicyFolder(path));
  return rules::CompilePolicy(opened.source, day);
}

PolicyProblems ProblemsOf(const absl::Status& status) {
  PolicyProblems problems;
  for (const FieldViolation& violation : FieldViolationsOf(status)) {
    v1::PolicyProblem problem;
    std::string place = violation.field;  // `rules.yaml:12:7`
    problem.set_column(TakeNumber(place));
    problem.set_line(TakeNumber(place));
    problem.set_file(place);
    problem.set_code(violation.reason);
    problem.set_level(v1::PolicyProblem::LEVEL_ERROR);
    problem.set_message(violation.description);
    problems.push_back(std::move(problem));
  }
  SortByPlace(problems);
  return problems;
}

PolicyProblems ProblemsOf(const rules::Policy& policy) {
  PolicyProblems problems;
  for (const rules::PolicyProblem& warning : policy.warnings()) {
    v1::PolicyProblem problem;
    problem.set_file(warning.file);
    problem.set_line(warning.line);
    problem.set_column(warning.column);
    problem.set_code(warning.code);
    problem.set_level(v1::PolicyProblem::LEVEL_WARNING);
    problem.set_message(warning.message);
    problems.push_back(std::move(problem));
  }
  return problems;
}

void SortByPlace(PolicyProblems& problems) {
  std::stable_sort(problems.begin(), problems.end(),
                   [](const v1::PolicyProblem& a, const v1::PolicyProblem& b) {
                     return std::forward_as_tuple(a.file(), a.line(), a.column()) <
                            std::forward_as_tuple(b.file(), b.line(), b.column());
                   });
}

}  // namespace gavel::cli
