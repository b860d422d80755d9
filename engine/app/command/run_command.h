// The path of every write: identity, limits, idempotency, one transaction, timers, answer.
#pragma once

#include <string>
#include <utility>

#include "engine/app/command/access.h"
#include "engine/app/command/caller.h"
#include "engine/app/command/committer.h"
#include "engine/app/command/fingerprint.h"
#include "engine/app/command/workflow.h"
#include "engine/app/environment.h"
#include "engine/app/policy/policy_source.h"
#include "engine/base/status_macros.h"

namespace gavel::app {

// `seq` of the newest event that the workflow's command has caused, or of the log where it caused
// none: the answer is then true of everything up to there.
inline int64_t NewestSeq(const Workflow& workflow) { return workflow.transaction().next_seq() - 1; }

// Runs `body(workflow, response)` as one command of `caller`. The response is stored with the
// command, so a repetition of the request gets the same bytes.
template <typename Request, typename Response, typename Body>
absl::Status RunCommand(Environment& environment, const Caller& caller, const Request& request,
                        Response* response, Body body, bool validate_only = false) {
  GAVEL_RETURN_IF_ERROR(CheckCaller(environment.policy.live(), caller, environment.clock.Now()));
  GAVEL_RETURN_IF_ERROR(CheckLimits(request));
  GAVEL_RETURN_IF_ERROR(CheckRequestId(request.request_id()));
  // `SubmitSpecRequest` names the method `SubmitSpec`.
  const std::string& type = Request::descriptor()->name();
  const CommandRequest command{.principal = caller.principal,
                               .method = type.substr(0, type.size() - 7),
                               .request_id = request.request_id(),
                               .fingerprint = Fingerprint(request),
                               .deadline = caller.deadline,
                               .validate_only = validate_only};
  std::vector<std::string> alerts;
  GAVEL_ASSIGN_OR_RETURN(const std::string bytes,
                         environment.committer.Execute(
                             command, [&](Transaction& transaction) -> absl::StatusOr<std::string> {
                               GAVEL_ASSIGN_OR_RETURN(
                                   const LivePolicy policy,
                                   PolicyInForce(environment.policy, transaction));
                               Workflow workflow(transaction, policy);
                               Response answer;
                               GAVEL_RETURN_IF_ERROR(body(workflow, answer));
                               GAVEL_RETURN_IF_ERROR(workflow.Finish());
                               alerts = workflow.alerts();
                               return answer.SerializeAsString();
                             }));
  if (!validate_only) LogAlerts(alerts);
  response->ParseFromString(bytes);
  return absl::OkStatus();
}

// A read-only look at the newest state through the same eyes as a command.
template <typename Body>
absl::Status RunQuery(const Environment& environment, const Caller& caller, Body body) {
  GAVEL_RETURN_IF_ERROR(CheckCaller(environment.policy.live(), caller, environment.clock.Now()));
  GAVEL_ASSIGN_OR_RETURN(const auto view, environment.store.Read());
  const Overlay nothing;
  Transaction transaction(*view, nothing, view->head().seq + 1, environment.clock.Now());
  GAVEL_ASSIGN_OR_RETURN(const LivePolicy policy, PolicyInForce(environment.policy, transaction));
  const Workflow workflow(transaction, policy);
  return body(workflow);
}

}  // namespace gavel::app
