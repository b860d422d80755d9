// Everything that must hold of a policy by itself before it may come into force: it compiles, the
// analysis finds no error, its tests pass and would notice a change of an auto rule.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/app/environment.h"
#include "gavel/v1/analysis.pb.h"
#include "gavel/v1/date.pb.h"
#include "gavel/v1/policy.pb.h"

namespace gavel::app {

// What can be said of a source. `policy.rules` is null where it does not compile.
struct Validation {
  LivePolicy policy;
  std::vector<v1::PolicyProblem> problems;  // By file, line, column, code.

  bool valid() const;
};

// Compiles and analyses `source` as if published on `day`. Pure; up to tens of milliseconds.
// Problems are the answer; an error is only what is no problem of the source.
absl::StatusOr<Validation> Validate(const v1::PolicySource& source, const v1::Date& day);

// The same where an error of the source is an error: INVALID_ARGUMENT `POLICY_INVALID`, one
// violation per error.
absl::StatusOr<Validation> RequireValid(const v1::PolicySource& source, const v1::Date& day);

// Runs the tests among the policy's files, with mutation where asked.
//
// Errors: INVALID_ARGUMENT `POLICY_INVALID` without a test file, or where it cannot be read.
absl::StatusOr<v1::RuleTestReport> TestPolicy(const rules::Policy& policy, bool mutate,
                                              const v1::Date& day);

// A policy that may come into force as far as it is up to itself, with its remarks.
//
// Errors: INVALID_ARGUMENT `POLICY_INVALID`, one violation per problem, failed test or change of an
// auto rule that no test would notice.
absl::StatusOr<Validation> CheckPolicy(const v1::PolicySource& source, const v1::Date& day);

}  // namespace gavel::app
