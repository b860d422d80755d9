// Bringing a policy into force. What only depends on the files is done ahead, on the caller's
// thread; what depends on the log is done inside the committing transaction, against the very state
// that it changes.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/app/command/caller.h"
#include "engine/app/command/workflow.h"
#include "engine/app/environment.h"
#include "gavel/v1/analysis.pb.h"
#include "gavel/v1/rules_service.pb.h"

namespace gavel::app {

// A policy that passed every check that needs no lock.
struct Candidate {
  LivePolicy policy;
  v1::PolicyDiff diff;  // From the policy in force.
  std::vector<v1::PolicyProblem> problems;
  std::vector<v1::OpenSpecEffect> open_specs;
};

// ABORTED `PARENT_MISMATCH` (metadata `live`) where `expected` is not the policy in force.
absl::Status CheckParent(const Workflow& workflow, const std::string& expected);

// Compiles, analyses, tests and compares the policy that `request` wants in force over the one that
// is, and looks at the open specs with its eyes. Takes up to seconds, without holding a view of the
// store meanwhile.
//
// Errors: those of PublishRuleSet but `APPROVAL_NEEDED`.
absl::StatusOr<Candidate> PrepareCandidate(Environment& environment, const Caller& caller,
                                           const v1::PublishRuleSetRequest& request);

// Writes source and event of a candidate; the caller's commit makes them the policy in force.
// Nothing else of the publish may run before: every check is done again that a command in between
// could have upset.
//
// Errors: those of PublishRuleSet.
absl::Status CommitCandidate(Workflow& workflow, const Caller& caller,
                             const v1::PublishRuleSetRequest& request, const Candidate& candidate,
                             v1::PublishRuleSetResponse& answer);

}  // namespace gavel::app
