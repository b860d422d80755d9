#include "rules/policy_problems.h"

#include <algorithm>
#include <charconv>
#include <string>
#include <tuple>

#include "engine/base/error.h"

namespace gavel::rules {
namespace {

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

v1::PolicyProblem ProblemOf(const FieldViolation& violation) {
  v1::PolicyProblem problem;
  std::string place = violation.field;
  const int last = TakeNumber(place);
  const int first = TakeNumber(place);
  problem.set_line(first > 0 ? first : last);
  problem.set_column(first > 0 ? last : 0);
  problem.set_file(place);
  problem.set_code(violation.reason);
  problem.set_level(v1::PolicyProblem::LEVEL_ERROR);
  problem.set_message(violation.description);
  return problem;
}

v1::PolicyProblem ProblemOf(const PolicyProblem& remark) {
  v1::PolicyProblem problem;
  problem.set_file(remark.file);
  problem.set_line(remark.line);
  problem.set_column(remark.column);
  problem.set_code(remark.code);
  problem.set_level(remark.error ? v1::PolicyProblem::LEVEL_ERROR
                                 : v1::PolicyProblem::LEVEL_WARNING);
  problem.set_message(remark.message);
  return problem;
}

}  // namespace

PolicyProblems ProblemsOf(const absl::Status& status) {
  PolicyProblems problems;
  for (const FieldViolation& violation : FieldViolationsOf(status))
    problems.push_back(ProblemOf(violation));
  return problems;
}

PolicyProblems ProblemsOf(const Policy& policy) {
  PolicyProblems problems;
  for (const PolicyProblem& remark : policy.warnings()) problems.push_back(ProblemOf(remark));
  return problems;
}

void SortByPlace(PolicyProblems& problems) {
  const auto place = [](const v1::PolicyProblem& problem) {
    return std::make_tuple(problem.file(), problem.line(), problem.column(), problem.code());
  };
  std::stable_sort(problems.begin(), problems.end(),
                   [&](const auto& a, const auto& b) { return place(a) < place(b); });
}

}  // namespace gavel::rules
