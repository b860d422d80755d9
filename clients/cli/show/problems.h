// Problems of a policy, for people and editors.
#pragma once

#include <string>

#include "clients/cli/output/output.h"
#include "rules/policy_problems.h"

namespace gavel::cli {

// One line each, `policy/rules.yaml:12:7: error: message [R010]`, with the example spec below it.
// `folder` goes before the file names, so that editors find them.
void ShowProblems(Output& output, const std::string& folder, const rules::PolicyProblems& problems);

int CountProblems(const rules::PolicyProblems& problems, v1::PolicyProblem::Level level);

// `1 error, 2 warnings, 1 note`.
std::string ProblemCounts(const rules::PolicyProblems& problems);

// Lines of an example spec, indented, `first` in front of the first.
void ShowExample(Output& output, const google::protobuf::RepeatedPtrField<std::string>& lines,
                 const std::string& first = "");

}  // namespace gavel::cli
